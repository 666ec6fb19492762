"""What a lower floor announces reaches each receiver: once, in order, or with a reason."""

from datetime import timedelta

import pytest
from django.db import connection, transaction

from apps.core import dates
from apps.outbox import rules, services
from apps.outbox.models import Announcement, Delivery
from apps.outbox.registry import receives
from apps.outbox.services import announce, deliver, deliver_all

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("listeners")]


@pytest.fixture
def heard():
    """What a receiver of "case:moved" heard, in order."""
    heard = []

    @receives("case:moved")
    def hear(announcement):
        heard.append((announcement.reference, announcement.facts["step"]))

    return heard


def test_a_receiver_gets_reference_facts_topic_and_number():
    got = []

    @receives("case:moved")
    def hear(announcement):
        got.append(announcement)

    number = announce("case:moved", "A-1", cents=100).number
    deliver_all()
    assert [(a.reference, a.facts, a.topic, a.number) for a in got] == [("A-1", {"cents": 100}, "case:moved", number)]


def test_nobody_listening_is_fine():
    announce("case:moved", "A-1")
    deliver_all()
    assert Announcement.objects.count() == 1
    assert not Delivery.objects.exists()


def test_each_receiver_has_its_own_delivery(heard):
    others = []

    @receives("case:moved")
    def hear_too(announcement):
        others.append(announcement.number)

    announce("case:moved", "A-1", step=1)
    deliver_all()
    assert len(heard) == len(others) == 1
    assert set(Delivery.objects.values_list("state", flat=True)) == {"done"}


def test_one_receiver_may_listen_to_several_topics():
    got = []

    @receives("case:withdrawn", "case:lapsed")
    def hear(announcement):
        got.append(announcement.topic)

    announce("case:lapsed", "A-1")
    announce("case:withdrawn", "A-1")
    deliver_all()
    assert got == ["case:lapsed", "case:withdrawn"]


def test_two_receivers_of_one_name_are_a_mistake(heard):
    def hear(announcement):
        """Bears the name of the other, in the same module."""

    with pytest.raises(ValueError, match="twice"):
        receives("case:moved")(hear)


def test_a_receiver_that_wants_only_some_gets_no_delivery_of_the_others():
    got = []

    @receives("case:moved", only=lambda facts: facts["step"] > 1)
    def hear(announcement):
        got.append(announcement.facts["step"])

    announce("case:moved", "A-1", step=1)
    announce("case:moved", "A-1", step=2)
    assert Delivery.objects.count() == 1
    deliver_all()
    assert got == [2]


def test_what_is_done_is_not_done_again(heard):
    number = announce("case:moved", "A-1", step=1).number
    deliver(number)
    deliver(number)
    deliver_all()
    assert heard == [("A-1", 1)]


def test_an_act_that_rolls_back_announced_nothing(heard):
    with pytest.raises(ZeroDivisionError):
        announce_and_fail()
    deliver_all()
    assert heard == []
    assert queued("outbox.deliver") == []


def test_the_task_is_queued_in_the_acts_own_transaction(heard):
    number = announce("case:moved", "A-1", step=1).number
    assert queued("outbox.deliver") == [number]


def test_a_later_one_waits_for_the_earlier_of_its_reference_only(heard):
    first, second, other = (
        announce("case:moved", reference, step=step).number for reference, step in (("A-1", 1), ("A-1", 2), ("B-1", 1))
    )
    deliver(second)
    assert heard == []
    deliver(other)
    deliver(first)
    deliver(second)
    assert heard == [("B-1", 1), ("A-1", 1), ("A-1", 2)]


def test_the_next_in_line_is_queued_when_the_earlier_is_done(heard):
    first = announce("case:moved", "A-1", step=1).number
    second = announce("case:moved", "A-1", step=2).number
    deliver(second)
    empty_the_queue()
    deliver(first)
    assert queued("outbox.deliver") == [second]


class TestDeliveredHere:
    def test_nothing_goes_into_the_queue_and_all_is_done_in_order(self, heard):
        with services.delivered_here():
            announce("case:moved", "A-1", step=1)
            announce("case:moved", "A-1", step=2)
            deliver_all()
        assert heard == [("A-1", 1), ("A-1", 2)]
        assert queued("outbox.deliver") == []

    def test_what_was_announced_before_is_left_to_the_worker(self, heard):
        announce("case:moved", "A-1", step=1)
        with services.delivered_here():
            announce("case:moved", "B-1", step=1)
            deliver_all()
        assert heard == [("B-1", 1)]

    def test_what_a_rollback_undid_is_passed_over(self, heard):
        with services.delivered_here():
            with pytest.raises(ZeroDivisionError):
                announce_and_fail()
            announce("case:moved", "A-1", step=2)
            deliver_all()
        assert heard == [("A-1", 2)]

    def test_what_is_left_undone_the_sweeper_finds(self, heard):
        with services.delivered_here():
            number = announce("case:moved", "A-1", step=1).number
        with dates.clock_set_to(dates.now() + rules.PATIENCE * 2):
            assert services.sweep() == 1
        assert queued("outbox.deliver") == [number]


class TestFailure:
    @pytest.fixture
    def broken(self):
        """A receiver that writes, then fails as long as `broken` holds a fault."""
        faults = [ValueError("the lamp is out")]

        @receives("case:moved")
        def hear(announcement):
            announce("written:by:receiver", announcement.reference)
            if faults:
                raise faults[0]

        return faults

    def test_leaves_a_reason_and_undoes_what_the_receiver_wrote(self, broken):
        deliver(announce("case:moved", "A-1").number)
        delivery = Delivery.objects.get()
        assert (delivery.state, delivery.attempts) == ("pending", 1)
        assert delivery.reason == "ValueError: the lamp is out"
        assert delivery.due_at > dates.now() + timedelta(seconds=10)
        assert not Announcement.objects.filter(topic="written:by:receiver").exists()

    def test_waits_before_the_next_attempt_and_then_succeeds(self, broken):
        number = announce("case:moved", "A-1").number
        deliver(number)
        deliver(number)
        assert Delivery.objects.get().attempts == 1
        broken.clear()
        with dates.clock_set_to(dates.now() + timedelta(seconds=16)):
            deliver(number)
        assert (Delivery.objects.get().state, Delivery.objects.get().reason) == ("done", "")

    def test_keeps_the_later_ones_of_the_reference_waiting(self, broken):
        deliver(announce("case:moved", "A-1").number)
        broken.clear()
        deliver(announce("case:moved", "A-1").number)
        assert [d.state for d in Delivery.objects.order_by("pk")] == ["pending", "pending"]

    def test_ends_after_so_many_attempts_and_is_named(self, broken):
        number = announce("case:moved", "A-1").number
        Delivery.objects.update(attempts=rules.ATTEMPTS - 1)
        deliver(number)
        assert Delivery.objects.get().state == "failed"
        assert list(services.check()) == [f"delivery {Delivery.objects.get().pk} failed: ValueError: the lamp is out"]

    def test_comes_out_of_deliver_all(self, broken):
        announce("case:moved", "A-1")
        with pytest.raises(ValueError, match="lamp"):
            deliver_all()


def test_the_wait_doubles_up_to_an_hour():
    assert [rules.wait_after(n).total_seconds() for n in (1, 2, 3, 9, 40)] == [
        15,
        30,
        60,
        3600,
        3600,
    ]


class TestSweeper:
    def test_leaves_fresh_rows_alone(self, heard):
        announce("case:moved", "A-1", step=1)
        assert services.sweep() == 0

    def test_queues_again_what_the_queue_lost(self, heard):
        number = announce("case:moved", "A-1", step=1).number
        empty_the_queue()
        with dates.clock_set_to(dates.now() + rules.PATIENCE * 2):
            assert services.sweep() == 1
            assert services.sweep() == 0
        assert queued("outbox.deliver") == [number]

    def test_queues_what_waited_after_a_failure_as_soon_as_it_is_due(self):
        @receives("case:moved")
        def fail(announcement):
            raise ValueError

        deliver(announce("case:moved", "A-1").number)
        with dates.clock_set_to(dates.now() + timedelta(seconds=16)):
            assert services.sweep() == 1


def test_check_names_what_nobody_took_up(heard):
    announce("case:moved", "A-1", step=1)
    assert list(services.check()) == []
    assert services.oldest_due() is not None
    with dates.clock_set_to(dates.now() + timedelta(minutes=16)):
        assert "nobody took it up" in next(services.check())


def test_announcing_costs_three_statements(heard, django_assert_max_num_queries):
    announce("case:moved", "A-1", step=1)
    with django_assert_max_num_queries(3):
        announce("case:moved", "A-1", step=2)


@transaction.atomic
def announce_and_fail():
    announce("case:moved", "A-1", step=1)
    1 / 0  # noqa: B018


def queued(task):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (message->'headers'->>'argsrepr') FROM pgmq.q_portal"
            " WHERE message->'headers'->>'task' = %s ORDER BY msg_id",
            [task],
        )
        return [int(args.strip("[]()',")) for (args,) in cursor.fetchall()]


def empty_the_queue():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM pgmq.q_portal")
