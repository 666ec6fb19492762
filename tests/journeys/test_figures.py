"""How long we take, as everybody reads it: our own working days, and nothing that tells of one case."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from apps.applications.models import StageFigure
from apps.applications.services import figures
from apps.applications.services.figures import _figure, _ours
from apps.core import dates
from apps.programme import calendar

HKT = datetime.timezone(datetime.timedelta(hours=8))


def at(month, day, hour=12):
    return datetime.datetime(2026, month, day, hour, tzinfo=HKT)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("start", "end", "pauses", "days"),
    [
        (at(11, 2), at(11, 2, 18), [], 0),
        (at(11, 2), at(11, 6), [], 4),
        (at(11, 6), at(11, 9), [], 1),  # over a weekend
        (at(12, 24), at(12, 28), [], 1),  # over Christmas
        (at(11, 2), at(11, 13), [(at(11, 4), at(11, 10))], 5),
        (at(11, 2), at(11, 13), [(at(11, 4), at(11, 10)), (at(11, 5), at(11, 11))], 4),  # a hold over a question
        (at(11, 2, 23), at(11, 3, 1), [], 1),  # midnight is Hong Kong's
    ],
)
def test_only_our_own_working_days_count(start, end, pauses, days):
    spans = [tuple(map(dates.hong_kong_day, pause)) for pause in pauses]
    assert _ours(start, end, spans, calendar.holidays()) == days


@pytest.mark.parametrize(
    ("days", "shown"),
    [
        ([], (0, None, None)),
        ([1, 2, 3, 4], (4, None, None)),
        ([1, 2, 3, 4, 30], (5, 3, 30)),
        (list(range(1, 11)), (10, 5, 9)),
        ([7] * 6, (6, 7, 7)),
    ],
)
def test_half_and_nine_tenths_are_hidden_below_five_cases(days, shown):
    figure = _figure(days)
    assert (figure["cases"], figure["median_days"], figure["ninetieth_days"]) == shown


def test_cases_are_counted_from_receipt_to_the_first_decision_without_the_pauses(life, open_budget, client):
    open_budget(1_000_000_00)
    for days in range(4):
        life(days).to_offer()
    held = life(4).to_submission()
    held.report("did_not_apply", "It was not I.", hours=0)
    with dates.clock_set_to(held.moment):
        figures.recompute()
        assert StageFigure.objects.get(stage="decision").cases == 4
        assert figures.published() == {}
        assert "nine out of ten" not in client.get("/en/start/").content.decode()
    last = life(5).to_offer()
    with dates.clock_set_to(last.moment):
        figures.recompute()
        shown = figures.published()["decision"]
        assert shown.cases == 5
        assert 0 <= shown.median_days <= shown.ninetieth_days < 15
        assert f"took at most {shown.median_days}, nine out of ten" in client.get("/en/start/").content.decode()
    with dates.clock_set_to(last.moment + datetime.timedelta(days=400)):
        figures.recompute()
        assert figures.published() == {}, "nothing that old counts"


@pytest.mark.django_db
def test_a_reviews_figure_stands_beside_its_target(client):
    StageFigure.objects.create(stage="review", cases=6, median_days=3, ninetieth_days=9, as_at=dates.now())
    page = client.get("/zh-hant/start/").content.decode()
    assert "最近 6 宗覆核中，半數在 3 個工作天內作出決定，九成在 9 個工作天內" in page


@pytest.mark.django_db
def test_the_database_shows_no_figure_of_four_cases():
    with pytest.raises(IntegrityError, match="figure_hidden_below_five"), transaction.atomic():
        StageFigure.objects.create(stage="review", cases=4, median_days=3, ninetieth_days=5, as_at=dates.now())
