"""Each row of fixtures/golden/*.csv is a test; a policy officer can add rows."""

import csv
from pathlib import Path

import pytest

from apps.core.money import parse_cents
from apps.funding.calculation import AwardRefused, AwardTerms, Line, Monthly, award

GOLDEN = Path(__file__).resolve().parents[2] / "fixtures" / "golden"
ROUND_1 = AwardTerms(name="2024.1", ceiling_cents=50_000_00, basic_ceiling_cents=100_000_00)


def rows(name):
    with open(GOLDEN / f"{name}.csv", newline="", encoding="utf-8") as file:
        return [pytest.param(row, id=f"{number} {row['why']}") for number, row in enumerate(csv.DictReader(file), 2)]


def computed(row, terms=ROUND_1):
    struck = row.get("struck", "").split()
    if row["monthly"]:
        basic = Monthly("basic", parse_cents(row["monthly"]), int(row["months"]), struck="basic" in struck)
    else:
        basic = Line("basic", parse_cents(row["price"]), struck="basic" in struck)
    options = [
        Line(f"option:{n}", parse_cents(text), struck=f"option:{n}" in struck)
        for n, text in enumerate(row["options"].split(), 1)
    ]
    return award(basic, options, terms=terms, awarded_cents=parse_cents(row["awarded"]))


@pytest.mark.parametrize("row", rows("award"))
def test_award(row):
    result = computed(row)
    assert [result.eligible_cents, result.grant_cents, result.applicant_pays_cents] == [
        parse_cents(row[name]) for name in ("eligible_cost", "grant", "applicant_pays")
    ]


@pytest.mark.parametrize("row", rows("refused"))
def test_refused(row):
    with pytest.raises(AwardRefused) as refused:
        computed(row)
    assert (refused.value.code, refused.value.field) == (row["code"], row["field"])


@pytest.mark.parametrize("row", rows("other_schemes"))
def test_other_schemes_of_the_family(row):
    terms = AwardTerms(
        name=row["scheme"],
        ceiling_cents=parse_cents(row["ceiling"]),
        basic_ceiling_cents=10**12,
        government_share=int(row["government"]),
        firm_share=int(row["firm"]),
    )
    result = award(Line("basic", parse_cents(row["price"])), terms=terms)
    assert result.grant_cents == parse_cents(row["grant"])
    assert result.applicant_pays_cents == parse_cents(row["applicant_pays"])
