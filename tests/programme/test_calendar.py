"""Working days by the table of general holidays."""

from datetime import date, timedelta

import holidays
import pytest
from django.db.models import F
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.core import dates
from apps.programme import calendar
from apps.programme.models import HeadcountTest, Holiday
from apps.programme.rules import is_full_time
from tests.accounts import builders as people

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("year", [2024, 2025, 2026, 2027])
def test_seventeen_general_holidays_a_year_and_none_on_a_sunday(year):
    kept = set(Holiday.objects.filter(day__year=year).values_list("day", flat=True))
    known = holidays.HK(years=year, categories=("public", "optional"))
    assert len(kept) == 17
    assert kept == {day for day in known if day.weekday() != 6}


@pytest.mark.parametrize(
    ("start", "number", "end"),
    [
        (date(2026, 11, 24), 1, date(2026, 11, 25)),
        (date(2026, 11, 27), 1, date(2026, 11, 30)),
        (date(2026, 11, 28), 0, date(2026, 11, 28)),
        (date(2026, 12, 24), 1, date(2026, 12, 28)),
        (date(2026, 4, 2), 1, date(2026, 4, 8)),
        (date(2026, 4, 8), -1, date(2026, 4, 2)),
        (date(2027, 2, 5), 2, date(2027, 2, 11)),
    ],
)
def test_adding_working_days(start, number, end):
    assert calendar.add_working_days(start, number) == end


@settings(max_examples=40, deadline=None)
@given(st.dates(date(2024, 1, 1), date(2027, 6, 1)), st.integers(0, 60))
def test_counting_gives_back_what_was_added(start, number):
    end = calendar.add_working_days(start, number)
    assert calendar.working_days_between(start, end) == number
    assert calendar.working_days_between(end, start) == -number


def test_a_new_holiday_counts_at_once():
    row = Holiday.objects.first()
    before = calendar.add_working_days(date(2026, 11, 23), 1)
    row.pk, row.day, row._state.adding = None, before, True
    row.save()
    assert calendar.add_working_days(date(2026, 11, 23), 1) == date(2026, 11, 25)
    Holiday.objects.filter(pk=row.pk).update(day=F("day") + 365 * dates.timedelta(days=1))
    assert calendar.add_working_days(date(2026, 11, 23), 1) == before


def test_keeping_the_calendar_costs_one_query(django_assert_num_queries):
    calendar.is_working_day(date(2026, 1, 2))
    with django_assert_num_queries(1):
        calendar.add_working_days(date(2026, 1, 2), 40)


@pytest.mark.parametrize(
    ("day", "number", "later"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
    ],
)
def test_adding_months(day, number, later):
    assert calendar.add_months(day, number) == later


@pytest.mark.parametrize(("day", "code"), [(date(2026, 1, 17), "418"), (date(2026, 1, 18), "468")])
def test_the_head_count_test_changes_on_its_day(day, code):
    assert HeadcountTest.objects.on(day).code == code


@pytest.mark.parametrize(
    ("hours", "code", "full_time"),
    [
        ((18, 18, 18, 18), "418", True),
        ((17, 30, 30, 30), "418", False),
        ((17, 17, 17, 17), "468", True),
        ((0, 0, 0, 68), "468", True),
        ((16, 17, 17, 17), "468", False),
    ],
)
def test_full_time(hours, code, full_time):
    test = HeadcountTest.objects.get(code=code)
    assert is_full_time(hours, each_week=test.each_week, four_weeks=test.four_weeks) is full_time


@pytest.mark.parametrize(
    ("today", "soon"), [(date(2027, 10, 2), False), (date(2027, 10, 3), True), (date(2028, 2, 1), True)]
)
def test_administrators_are_told_ninety_days_before_the_table_ends(client, today, soon):
    assert (calendar.known_until(), calendar.runs_out_soon(today)) == (date(2027, 12, 31), soon)
    dora, _dan = people.administrators()
    with dates.clock_set_to(dates.start_of_day(today) + timedelta(hours=9)):
        client.force_login(dora)
        page = client.get("/en/lists/").content.decode()
    assert ("General holidays are known to" in page) == soon
