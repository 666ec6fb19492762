"""The reference data: what the programme's pages say, kept as CSV beside the code.

Each file's rows say their mark and name their source by its code in `sources.csv`. Loading
adds what is missing and changes nothing that is there, so it can be run again at any time.
"""

import csv
import json
from datetime import date
from pathlib import Path

from django.db import transaction

from apps.audit import services as audit
from apps.core import dates
from apps.core.actors import SYSTEM
from apps.programme import models

REFERENCE = Path(__file__).resolve().parents[3] / "fixtures" / "reference"


@transaction.atomic
def load_reference(folder: Path = REFERENCE, *, by=SYSTEM) -> dict[str, int]:
    """Load every file; returns how many rows of each were added.

    Raises FileNotFoundError, KeyError or ValueError on a file that is not what it should
    be, and then nothing is loaded.
    """
    load = _Load(Path(folder))
    added = {name: sum(map(load_row, load.rows(name))) for name, load_row in load.in_order()}
    if any(added.values()):
        audit.record("programme:reference", "reference:loaded", by=by, **added)
    return added


class _Load:
    def __init__(self, folder):
        self.folder = folder
        self.now = dates.now()
        self.sources = {row.pop("code"): row for row in self.rows("sources")}

    def rows(self, name):
        with open(self.folder / f"{name}.csv", newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file, strict=True))

    def in_order(self):
        return [
            ("schemes", self.scheme),
            ("terms", self.terms),
            ("rules", self.rule),
            ("headcount_tests", self.headcount_test),
            ("sectors", self.sector),
            ("categories", self.category),
            ("requirements", self.requirement),
            ("document_types", self.document_type),
            ("strike_reasons", self.strike_reason),
            ("question_reasons", self.question_reason),
            ("payment_proofs", self.payment_proof),
            ("batches", self.batch),
            ("holidays", self.holiday),
        ]

    def scheme(self, row):
        return _add(models.Scheme, ("code",), row)

    def terms(self, row):
        return _add(
            models.TermsVersion,
            ("scheme_id", "name"),
            {
                "scheme_id": row["scheme"],
                "name": row["name"],
                "valid_from": date.fromisoformat(row["valid_from"]),
            },
        )

    def rule(self, row):
        scheme, terms = row.pop("scheme"), row.pop("terms")
        row["value"] = json.loads(row["value"]) if row["value"] else None
        row["place"] = models.Rule.objects.filter(scheme=scheme).count()
        added = _add(models.Rule, ("scheme_id", "key", "version"), {**self._dated(row), "scheme_id": scheme})
        if added:
            rule = models.Rule.objects.get(scheme=scheme, key=row["key"], version=row["version"])
            models.TermsVersion.objects.get(scheme=scheme, name=terms).rules.add(rule)
        return added

    def headcount_test(self, row):
        row["four_weeks"] = row["four_weeks"] or None
        return _add(models.HeadcountTest, ("code",), self._dated(row))

    def sector(self, row):
        return _add(models.Sector, ("code",), self._dated(row, placed=models.Sector))

    def category(self, row):
        return _add(models.Category, ("code",), self._dated(row, placed=models.Category))

    def requirement(self, row):
        row["category_id"] = models.Category.objects.get(code=row.pop("category")).pk
        row["mandatory"] = _yes(row["mandatory"])
        return _add(
            models.Requirement,
            ("category_id", "code", "version"),
            self._dated(row, placed=models.Requirement),
        )

    def document_type(self, row):
        row["legal_forms"], row["required"] = row["legal_forms"].split(), _yes(row["required"])
        return _add(models.DocumentType, ("code",), self._dated(row, placed=models.DocumentType))

    def strike_reason(self, row):
        for name in ("needs_words", "for_lines", "for_decline"):
            row[name] = _yes(row[name])
        return _add(models.StrikeReason, ("code",), self._dated(row, placed=models.StrikeReason))

    def question_reason(self, row):
        for name in ("needs_words", "for_documents", "for_answers"):
            row[name] = _yes(row[name])
        return _add(models.QuestionReason, ("code",), self._dated(row, placed=models.QuestionReason))

    def payment_proof(self, row):
        row["accepted"] = _yes(row["accepted"])
        return _add(models.PaymentProof, ("code",), self._dated(row, placed=models.PaymentProof))

    def batch(self, row):
        row["scheme_id"] = row.pop("scheme")
        taken = {
            "sectors": (models.Sector, row.pop("sectors").split()),
            "categories": (models.Category, row.pop("categories").split()),
        }
        for end in ("opens", "closes"):
            row[f"{end}_at"] = dates.start_of_day(date.fromisoformat(row.pop(f"{end}_on")))
        added = _add(models.Batch, ("scheme_id", "code"), self._dated(row))
        if added:
            batch = models.Batch.objects.get(scheme=row["scheme_id"], code=row["code"])
            for name, (kind, codes) in taken.items():
                getattr(batch, name).set([kind.objects.get(code=code) for code in codes])
        return added

    def holiday(self, row):
        row["day"] = date.fromisoformat(row["day"])
        return _add(models.Holiday, ("day",), self._dated(row))

    def _dated(self, row, placed=None):
        place = {"place": placed.objects.count()} if placed else {}
        source = self.sources[row.pop("source")]
        return {
            **row,
            **source,
            **place,
            "loaded_at": self.now,
            "valid_from": date.fromisoformat(row["valid_from"]),
        }


def _add(model, key, values):
    """1 when the row was added, 0 when one of this key was there."""
    known = {name: values[name] for name in key}
    _row, added = model.objects.get_or_create(**known, defaults=values)
    return int(added)


def _yes(word):
    return {"yes": True, "no": False}[word]
