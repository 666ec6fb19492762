"""Reading the lists of load_catalogue, and finding all that is wrong before a row is saved."""

import csv
from dataclasses import dataclass, field
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from apps.catalogue import rules
from apps.catalogue.services.columns import FILES
from apps.catalogue.services.listing import over_ceiling_words

PLACE = ("brn", "category", "sector")


@dataclass(frozen=True, order=True)
class Fault:
    """One thing to mend: in which file, on which line, in which column, and how."""

    file: str
    line: int
    column: str
    sentence: str

    def __str__(self):
        where = ", ".join(filter(None, [self.file, f"line {self.line}" if self.line else "", self.column]))
        return f"{where}: {self.sentence}"


class Faulty(Exception):
    """The lists cannot be loaded; `faults` are all that was found, in the files' order."""

    def __init__(self, faults):
        super().__init__(f"{len(faults)} faults")
        self.faults = sorted(faults)


@dataclass
class Lists:
    """Cleaned rows of each file as dicts with their `line`, and what is wrong so far."""

    rows: dict[str, list[dict]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def blame(self, file, row, column, sentence):
        self.faults.append(Fault(file, row["line"], column, str(sentence)))


def read(directory, *, terms, categories, sectors, requirements) -> Lists:
    """The four lists of a directory, cleaned and checked; `faults` holds all that is wrong.

    `categories` and `sectors` are rows by code, `requirements` {category id: [Requirement]}.
    """
    lists = Lists()
    for name, columns in FILES.items():
        lists.rows[name] = list(_rows(lists, Path(directory) / name, columns))
    _check_organisations(lists)
    _check_members(lists)
    _check_packages(lists, terms, categories, sectors, requirements)
    _check_options(lists)
    return lists


def _rows(lists, path, columns):
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        lists.faults.append(Fault(path.name, 0, "", _("The file is missing.")))
        return
    except UnicodeDecodeError:
        lists.faults.append(Fault(path.name, 0, "", _("Save the file as UTF-8.")))
        return
    reader = csv.DictReader(text.splitlines(keepends=True), strict=True)
    if not _heads_match(lists, path.name, reader.fieldnames or [], columns):
        return
    try:
        for raw in reader:
            row = _clean(lists, path.name, raw, reader.line_num, columns)
            if row:
                yield row
    except csv.Error:
        lists.faults.append(
            Fault(
                path.name,
                reader.line_num,
                "",
                _("A quotation mark is open, or stands inside a cell."),
            )
        )


def _heads_match(lists, name, heads, columns):
    wanted = [column.name for column in columns]
    for missing in [column for column in wanted if column not in heads]:
        lists.faults.append(Fault(name, 1, missing, _("The column is missing.")))
    for unknown in [head for head in heads if head not in wanted]:
        lists.faults.append(Fault(name, 1, unknown, _("There is no such column. Take it out.")))
    return sorted(wanted) == sorted(heads)


def _clean(lists, name, raw, line, columns):
    """The row's cleaned values, or None when any cell is wrong."""
    row, before = {"line": line}, len(lists.faults)
    if None in raw or None in raw.values():
        lists.faults.append(Fault(name, line, "", _("The row has more or fewer cells than the first line.")))
        return None
    for column in columns:
        try:
            row[column.name] = column.field.clean(raw[column.name].strip())
        except ValidationError as fault:
            lists.faults.append(Fault(name, line, column.name, fault.messages[0]))
    return row if len(lists.faults) == before else None


def _check_organisations(lists):
    name, known = "organisations.csv", {}
    for row in lists.rows[name]:
        if not row["name_en"] and not row["name_zh"]:
            lists.blame(name, row, "name_en", _("Write a name in English, in Chinese, or both."))
        _once(lists, name, row, "brn", known, row["brn"])


def _once(lists, name, row, column, known, key):
    if key in known:
        lists.blame(name, row, column, _("Line %(line)d says the same. Keep one.") % {"line": known[key]})
    known.setdefault(key, row["line"])


def _check_members(lists):
    name, known = "members.csv", {}
    for row in lists.rows[name]:
        _check_provider(lists, name, row)
        if not row["email"] and not row["phone"]:
            lists.blame(name, row, "email", _("Write an e-mail address or a phone number to sign in with."))
        for column in ("email", "phone"):
            if row[column]:
                _once(lists, name, row, column, known, (row["brn"], row[column].lower()))
    answering = {row["brn"] for row in lists.rows[name]}
    for row in lists.rows["organisations.csv"]:
        if row["brn"] not in answering:
            lists.blame(
                "organisations.csv",
                row,
                "brn",
                _("Nobody in members.csv can answer for this provider."),
            )


def _check_provider(lists, name, row):
    if row["brn"] not in {one["brn"] for one in lists.rows["organisations.csv"]}:
        lists.blame(name, row, "brn", _("No provider in organisations.csv has this number."))


def _check_packages(lists, terms, categories, sectors, requirements):
    name, known = "packages.csv", {}
    for row in lists.rows[name]:
        _check_provider(lists, name, row)
        _check_codes(lists, name, row, categories, sectors)
        _once(lists, name, row, "sector", known, tuple(row[one] for one in PLACE))
        _check_price(lists, name, row, terms)
        if row["support_from"] >= row["support_to"]:
            lists.blame(name, row, "support_to", _("Support ends after it begins."))
        if row["category"] in categories:
            _check_requirements(lists, name, row, requirements.get(categories[row["category"]].pk, []))


def _check_codes(lists, name, row, categories, sectors):
    for column, codes in (("category", categories), ("sector", sectors)):
        if row[column] not in codes:
            lists.blame(
                name,
                row,
                column,
                _("Write one of: %(codes)s.") % {"codes": ", ".join(sorted(codes))},
            )


def _check_price(lists, name, row, terms):
    monthly = row["pricing"] == rules.MONTHLY
    if monthly and row["months"] is None:
        lists.blame(name, row, "months", _("Write for how many months the package is bought."))
    if not monthly and row["months"] is not None:
        lists.blame(name, row, "months", _("Leave this empty: the package is paid once."))
    if monthly and (row["months"] or 0) > terms.subscription_months:
        lists.blame(
            name,
            row,
            "months",
            _("At most %(months)d months are supported.") % {"months": terms.subscription_months},
        )
    if rules.over_ceiling(row["pricing"], row["price"], terms):
        lists.blame(name, row, "price", over_ceiling_words(row["pricing"], terms))


def _check_requirements(lists, name, row, required):
    codes = {one.code for one in required}
    unknown = [code for code in row["requirements"] if code not in codes]
    missing = [one.code for one in required if one.mandatory and one.code not in row["requirements"]]
    if unknown:
        lists.blame(
            name,
            row,
            "requirements",
            _("The category has no such requirement: %(codes)s.") % {"codes": ", ".join(unknown)},
        )
    if missing:
        lists.blame(
            name,
            row,
            "requirements",
            _("Every package of this category must meet: %(codes)s.") % {"codes": ", ".join(missing)},
        )


def _check_options(lists):
    packages = {tuple(row[one] for one in PLACE) for row in lists.rows["packages.csv"]}
    known = {}
    for row in lists.rows["options.csv"]:
        place = tuple(row[one] for one in PLACE)
        if place not in packages:
            lists.blame(
                "options.csv",
                row,
                "brn",
                _("No row of packages.csv has this provider, category and sector."),
            )
        _once(lists, "options.csv", row, "name_en", known, (place, row["name_en"]))
