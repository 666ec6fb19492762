"""The reference data's three languages, and the words of a working."""

import csv
import re
from pathlib import Path

import opencc
import pytest
from django.utils.translation import override

from apps.core.receipt import Receipt
from apps.funding.calculation import AwardRefused, AwardTerms, Line, Monthly, award
from apps.programme import working

REFERENCE = Path(__file__).resolve().parents[2] / "fixtures" / "reference"
TERMS = AwardTerms(name="x", ceiling_cents=50_000_00, basic_ceiling_cents=100_000_00)


def cells(ending):
    for path in sorted(REFERENCE.glob("*.csv")):
        with open(path, newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                yield from ((path.name, text) for name, text in row.items() if name.endswith(ending))


def test_no_simplified_character_in_traditional_text():
    to_traditional = opencc.OpenCC("s2t")
    for _name, text in cells("_zh_hant"):
        for character in set(text):
            assert to_traditional.convert(character) == character or character in "群周着台里", (
                text,
                character,
            )


def test_no_traditional_character_in_simplified_text():
    to_simplified = opencc.OpenCC("t2s")
    for _name, text in cells("_zh_hans"):
        assert to_simplified.convert(text) == text


@pytest.mark.parametrize("ending", ["_zh_hant", "_zh_hans"])
def test_chinese_has_full_width_punctuation(ending):
    for name, text in cells(ending):
        assert not re.search(r"[一-鿿][,;:!?()]|[,;:!?()][一-鿿]", text), (name, text)


def test_each_row_has_all_three_languages():
    for path in REFERENCE.glob("*.csv"):
        with open(path, newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                for name in (name for name in row if name.endswith("_en")):
                    said = [bool(row[name[:-2] + code]) for code in ("en", "zh_hant", "zh_hans")]
                    assert len(set(said)) == 1, (path.name, row)


def test_a_receipt_shows_names_strikes_and_both_results():
    result = award(
        Monthly("basic", 1_000_00, 12, name_en="Till"),
        [Line("option:1", 500_00, name_en="Coupons", name_zh_hant="優惠券", struck=True)],
        terms=TERMS,
    )
    drawn = working.receipt(result, title="What this would cost you")
    assert isinstance(drawn, Receipt)
    assert [(row.label, row.cents, row.struck) for row in drawn.rows] == [
        ("Till, HK$1,000 a month for 12 months", 12_000_00, False),
        ("Coupons", 500_00, True),
    ]
    assert (drawn.grant_label, drawn.grant_cents, drawn.pays_label, drawn.pays_cents) == (
        "The programme pays",
        6_000_00,
        "You pay",
        6_500_00,
    )


def test_officers_read_of_the_applicant():
    result = award(Line("basic", 100), terms=TERMS)
    assert [line.label for line in working.worded(result.working, viewer="officer")][-1] == "The applicant pays"


def test_a_name_in_each_language():
    result = award(
        Line("basic", 100, name_en="Till", name_zh_hant="收銀機", name_zh_hans="收银机"),
        terms=TERMS,
    )
    assert working.labels(result.working[0]) == {
        "label_en": "Till",
        "label_zh_hant": "收銀機",
        "label_zh_hans": "收银机",
    }


@pytest.mark.parametrize(("shares", "words"), [((1, 1), "Half of it"), ((1, 2), "1/3 of it"), ((1, 0), "All of it")])
def test_the_share_of_other_schemes(shares, words):
    terms = AwardTerms(
        name="x",
        ceiling_cents=100,
        basic_ceiling_cents=100,
        government_share=shares[0],
        firm_share=shares[1],
    )
    with override("en"):
        assert words in [line.label for line in working.worded(award(Line("basic", 90), terms=terms).working)]


@pytest.mark.parametrize(
    ("code", "facts", "number"),
    [
        ("not_positive", {}, "HK$0"),
        ("basic_over_ceiling", {"limit": 100_000_00}, "HK$100,000"),
        (
            "monthly_over_ceiling",
            {"limit": 4_166_66, "months": 24, "whole": 100_000_00},
            "HK$4,166.66",
        ),
        ("months_out_of_range", {"limit": 24}, "24"),
        ("awarded_out_of_range", {"limit": 50_000_00}, "HK$50,000"),
    ],
)
def test_every_refusal_has_its_sentence(code, facts, number):
    with override("en"):
        assert number in working.refusal(AwardRefused(code, "price", **facts))
