"""What happened is numbered, chained and kept as it was written."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from apps.audit import rules
from apps.audit.models import Chain, Event
from apps.audit.services import record, verify, verify_all
from apps.core import dates
from apps.core.actors import SYSTEM


@pytest.mark.django_db
def test_events_of_a_subject_are_numbered_and_chained():
    first = record("A-1", "application:opened", by=SYSTEM)
    second = record("A-1", "application:submitted", by=SYSTEM, cents=5_000_000, on=date(2026, 11, 24))
    record("A-2", "application:opened", by=SYSTEM)

    assert [event.number for event in Event.objects.of("A-1")] == [1, 2]
    assert second.previous_hash == first.hash
    assert second.actor == "system"
    assert second.facts == {"cents": 5_000_000, "on": "2026-11-24"}
    assert verify("A-1") is None
    assert list(verify_all()) == []


@pytest.mark.django_db
def test_the_time_is_the_portals_clock():
    moment = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
    with dates.clock_set_to(moment):
        assert (record("A-1", "x", by=SYSTEM).at - moment).total_seconds() < 1


@pytest.mark.django_db
def test_a_float_is_never_a_fact():
    with pytest.raises(TypeError), transaction.atomic():
        record("A-1", "award:granted", by=SYSTEM, dollars=1.5)
    assert verify("A-1") is None


@pytest.mark.django_db
def test_a_failed_act_leaves_no_event():
    with pytest.raises(ZeroDivisionError):
        _record_and_fail()
    assert not Event.objects.of("A-1").exists()
    assert record("A-1", "x", by=SYSTEM).number == 1


@transaction.atomic
def _record_and_fail():
    record("A-1", "x", by=SYSTEM)
    1 / 0  # noqa: B018


@pytest.mark.parametrize(
    ("tampering", "said"),
    [
        (
            "UPDATE audit_event SET facts = '{\"cents\": 99}' WHERE number = 2",
            "A-1 #2: was changed",
        ),
        ("UPDATE audit_event SET actor = 'person:9' WHERE number = 1", "A-1 #1: was changed"),
        ("UPDATE audit_event SET canonical_form = 9 WHERE number = 1", "A-1 #1: was changed"),
        ("DELETE FROM audit_event WHERE number = 2", "A-1: event #2 is missing"),
        ("DELETE FROM audit_event WHERE number = 3", "A-1: the chain says 3 events"),
        ("UPDATE audit_chain SET length = 2", "A-1: the chain says 2 events"),
        ("DELETE FROM audit_chain", "A-1 #1: stands outside its chain"),
    ],
)
@pytest.mark.django_db
def test_somebody_with_the_owners_rights_is_found_out(tampering, said):
    for cents in (1, 2, 3):
        record("A-1", "x", by=SYSTEM, cents=cents)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER audit_event_never_changed")
        cursor.execute(tampering)
        cursor.execute("ALTER TABLE audit_event ENABLE TRIGGER audit_event_never_changed")

    assert verify("A-1").startswith(said)
    assert next(verify_all()).startswith(said)


def test_many_at_once_leave_one_whole_chain(own_database):
    def write(number):
        record("A-1", "x", by=SYSTEM, number_=number)
        connection.close()

    with ThreadPoolExecutor(8) as people:
        list(people.map(write, range(64)))

    assert Chain.objects.get(pk="A-1").length == 64
    assert list(verify_all()) == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inside: st.lists(inside) | st.dictionaries(st.text(), inside),
    max_leaves=10,
)


@given(JSON)
def test_canonical_form_does_not_depend_on_the_order_of_keys(value):
    def turned(item):
        if isinstance(item, dict):
            return {key: turned(item[key]) for key in reversed(item)}
        return [turned(one) for one in item] if isinstance(item, list) else item

    assert rules.canonical(value) == rules.canonical(turned(value))


def test_canonical_form_1_stays_as_it_is():
    facts = {"b": ["樣本", None, True], "a": {"cents": 416_666}}
    assert rules.canonical(facts).decode() == '{"a":{"cents":416666},"b":["樣本",null,true]}'
    assert (
        rules.event_hash(
            subject="A-1",
            number=1,
            name="application:submitted",
            at=datetime(2026, 11, 24, 9, 0, tzinfo=UTC),
            actor="person:12",
            facts=facts,
            canonical_form=1,
            previous_hash="",
        )
        == "28597cf6403386cd17008321c5d2af6a958cea617a62539795951512a9caf8d8"
    )
