"""The receipt prints the award's working and nothing else."""

from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string

from apps.core.receipt import receipt_from


def line(kind, label, cents):
    return SimpleNamespace(kind=kind, label=label, cents=cents)


WORKING = [
    line("line", "Basic package", 3_800_000),
    line("struck", "Second printer", 240_000),
    line("rule", "Eligible cost", 3_800_000),
    line("rule", "Half of it", 1_900_000),
    line("grant", "The programme pays", 1_900_000),
    line("pays", "You pay", 1_900_000),
]


def test_lines_stand_where_the_working_has_them():
    receipt = receipt_from(WORKING, title="Cost", note="Rules of 2024.1.")
    assert [row.label for row in receipt.rows] == ["Basic package", "Second printer"]
    assert [row.struck for row in receipt.rows] == [False, True]
    assert [row.cents for row in receipt.rule_rows] == [3_800_000, 1_900_000]
    assert (receipt.grant_cents, receipt.pays_cents) == (1_900_000, 1_900_000)


def test_page_shows_every_sum_with_cents_and_strikes_what_is_struck():
    html = render_to_string("components/receipt.html", {"receipt": receipt_from(WORKING)})
    assert html.count("HK$38,000.00") == 2
    assert "<del>HK$2,400.00</del>" in html
    assert "not counted" in html


@pytest.mark.parametrize("kind", ["grant", "pays"])
def test_a_working_without_its_result_makes_no_receipt(kind):
    with pytest.raises(ValueError, match=kind):
        receipt_from([item for item in WORKING if item.kind != kind])
