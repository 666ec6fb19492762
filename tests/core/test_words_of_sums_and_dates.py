"""Dates, times, sums and turns as a reader of each language meets them."""

from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override

from apps.core import said
from apps.core.dates import HKT, clock_set_to
from apps.core.turn import COLOURS, turn_words

DAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("en", "Thu 26 November 2026"),
        ("zh-hant", "2026年11月26日（四）"),
        ("zh-hans", "2026年11月26日（四）"),
    ],
)
def test_a_date(code, words):
    with override(code):
        assert said.date_words(DAY) == words


def test_an_instant_counts_by_hong_kongs_day():
    late = datetime(2026, 11, 25, 16, 30, tzinfo=UTC)
    with override("en"):
        assert said.date_words(late) == "Thu 26 November 2026"


@pytest.mark.parametrize(
    ("code", "hour", "minute", "words"),
    [
        ("en", 18, 0, "Thu 26 November 2026, 6:00 pm"),
        ("en", 0, 5, "Thu 26 November 2026, 12:05 am"),
        ("zh-hant", 18, 0, "2026年11月26日（四）下午6時"),
        ("zh-hant", 9, 8, "2026年11月26日（四）上午9時08分"),
        ("zh-hans", 12, 30, "2026年11月26日（四）下午12时30分"),
    ],
)
def test_a_time(code, hour, minute, words):
    with override(code):
        assert said.time_words(datetime(2026, 11, 26, hour, minute, tzinfo=HKT)) == words


def test_a_short_date_keeps_the_year_when_it_is_another():
    with clock_set_to(datetime(2026, 11, 1, tzinfo=HKT)), override("en"):
        assert said.date_words(DAY, "short") == "Thu 26 Nov"
        assert said.date_words(date(2027, 1, 8), "short") == "Fri 8 Jan 2027"
    with clock_set_to(datetime(2026, 11, 1, tzinfo=HKT)), override("zh-hant"):
        assert said.date_words(DAY, "short") == "11月26日（四）"


@pytest.mark.parametrize(
    ("cents", "words"),
    [(123450, "HK$1,234.50"), (2_000_000, "HK$20,000"), (0, "HK$0"), (-5_00, "-HK$5"), (None, "")],
)
def test_a_sum(cents, words):
    assert said.money(cents) == words


def test_a_sum_with_cents_where_rows_must_align():
    assert said.money(2_000_000, "cents") == "HK$20,000.00"


def test_the_nearest_language_stands_in():
    package = {"name_en": "Point of sale", "name_zh_hant": "", "name_zh_hans": "收银"}
    with override("zh-hant"):
        assert said.nearest(package, "name") == ("收银", "zh-hans")


@pytest.mark.parametrize("pen", COLOURS)
@pytest.mark.parametrize("viewer", ["applicant", "officer", "provider"])
def test_every_pen_has_words_for_every_reader(pen, viewer):
    assert bool(turn_words(pen, viewer)) == (pen != "nobody")


def test_the_programme_says_we_to_everyone():
    assert {turn_words("officer", viewer) for viewer in ("applicant", "provider")} == {"Our turn"}
    assert turn_words("provider", "provider") == turn_words("applicant", "applicant") == "Your turn"
