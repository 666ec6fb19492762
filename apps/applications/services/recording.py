"""The record of a submission: canonical JSON over hashed leaves, and the texts beside it.

The form of the canonical text is named in each record ("leaves-1"): JSON with sorted
keys, no spaces, UTF-8. A leaf is {"key", "wording", "answer"}: SHA-256 of the question's
three wordings joined by newlines, and of salt + newline + the answer as JSON. A purge
empties answers and salts; the hash of the record still proves what is left.
"""

import hashlib
import json
import secrets

from django.db.models import Subquery
from django.utils import translation
from django.utils.translation import gettext as _

from apps.applications import sections
from apps.applications.models import Record, RecordAnswer
from apps.core import dates
from apps.core.dates import HKT
from apps.documents.models import Document
from apps.programme import services as programme
from apps.programme.models import Sector

CANONICAL = "leaves-1"
LANGUAGES = {"en": "en", "zh_hant": "zh-hant", "zh_hans": "zh-hans"}


def canonical_text(content) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def sha256_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def make_record(application, answers, *, version) -> Record:
    """Write the next version of what the application says; called by submit and by answer only."""
    asked = [
        (section, question)
        for section in sections.SECTIONS
        for question in sections.questions_for(
            section, hawker=application.organisation.legal_form == "hawker", answers=answers
        )
    ]
    threshold = programme.terms_named(application.terms).owner_threshold_percent
    written = [
        _answer(place, section, question, answers.get(question.key), threshold)
        for place, (section, question) in enumerate(asked, 1)
    ]
    content = _content(application, written)
    record = Record.objects.create(
        application=application,
        version=version,
        canonical=CANONICAL,
        content=content,
        sha256=sha256_of(canonical_text(content)),
        made_at=dates.now(),
    )
    for answer in written:
        answer.record = record
    RecordAnswer.objects.bulk_create(written)
    return record


def _answer(place, section, question, value, threshold):
    texts = {}
    for column, code in LANGUAGES.items():
        with translation.override(code):
            texts[f"wording_{column}"] = worded(question, threshold)
            texts[f"shown_{column}"] = shown(question, value)
    return RecordAnswer(
        position=place,
        section=section.slug,
        key=question.key,
        salt=secrets.token_hex(16),
        answer=json.dumps(value, ensure_ascii=False, sort_keys=True),
        **texts,
    )


def leaf(answer) -> dict:
    wording = "\n".join(getattr(answer, f"wording_{column}") for column in LANGUAGES)
    return {"key": answer.key, "wording": sha256_of(wording), "answer": sha256_of(f"{answer.salt}\n{answer.answer}")}


def _content(application, written):
    confirmation = application.confirmation
    return {
        "form": sections.FORM_VERSION,
        "reference": application.reference,
        "organisation": application.organisation.reference,
        "identity": sha256_of(application.identity_key),
        "terms": application.terms,
        "batch": application.batch.code,
        "received_at": application.received_at.astimezone(HKT).isoformat(),
        "receipt_number": application.receipt_number,
        "confirmation": confirmation.sha256,
        "leaves": [leaf(answer) for answer in written],
        "files": [named(paper) for paper in Document.objects.of(application.reference).ready()],
    }


def papers_of(application) -> list[Document]:
    """Every paper of the case; `in_record` tells whether the newest record names it by its hash."""
    newest = Record.objects.filter(application=application).order_by("-version").values("content__files")[:1]
    papers = list(Document.objects.of(application.reference).annotate(recorded=Subquery(newest)))
    for paper in papers:
        paper.in_record = named(paper) in (paper.recorded or [])
    return papers


def named(paper) -> dict:
    """How a record names a file."""
    return {"type": paper.type_code, "sha256": paper.sha256}


def whole(record) -> bool:
    """Whether the record still matches its hash, and each answer that was not purged its leaf."""
    if sha256_of(canonical_text(record.content)) != record.sha256:
        return False
    leaves = {entry["key"]: entry for entry in record.content["leaves"]}
    return all(leaf(answer) == leaves.get(answer.key) for answer in record.answers.all() if answer.salt)


def worded(question, threshold) -> str:
    words = str(question.wording)
    return words % {"threshold": threshold} if "%(threshold)s" in words else words


def shown(question, value) -> str:
    """An answer as a person reads it, in the language in force."""
    if value in (None, ""):
        return ""
    if question.kind == "yes_no":
        return _("Yes") if value == sections.YES else _("No")
    if question.kind == "sector":
        sector = Sector.objects.filter(code=value).first()
        code = (translation.get_language() or "en").replace("-", "_")
        return getattr(sector, f"name_{code}") if sector else value
    if question.kind == "owners":
        return "\n".join(f"{owner['name']}, {owner['share']}%" for owner in value)
    if question.kind == "agree":
        return _("Agreed")
    return str(value)
