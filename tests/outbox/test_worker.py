"""The real worker does what was announced; killed in between, the effect happens once."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction

from apps.audit.models import Event
from apps.audit.services import verify
from apps.outbox import services
from apps.outbox.models import Delivery
from apps.outbox.registry import receives
from apps.outbox.services import announce
from tests.databases import address

WORKER = Path(__file__).with_name("worker.py")


@pytest.fixture
def begun(tmp_path):
    return tmp_path / "begun"


@pytest.fixture(autouse=True)
def case_moves(own_database, listeners):
    """This process announces only; the worker's own receiver bears the same name."""

    @receives("case:moved")
    def count(announcement):
        raise AssertionError("only the worker delivers here")

    count.__module__ = "__main__"


@contextmanager
def worker(begun, pace="quick", *arguments):
    surroundings = os.environ | {"DATABASE_URL": address(), "BEGUN": str(begun), "PACE": pace}
    surroundings["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
    process = subprocess.Popen([sys.executable, str(WORKER), *arguments], env=surroundings, start_new_session=True)
    try:
        yield process
    finally:
        kill(process)


def kill(process):
    """SIGKILL the worker and its children, as a machine that loses its power would."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait_for(seconds, condition):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"not within {seconds} seconds"
        time.sleep(0.02)


def done():
    return Delivery.objects.filter(state="done").exists()


def test_the_worker_delivers_what_a_transaction_announced(begun):
    with worker(begun):
        with transaction.atomic():
            announce("case:moved", "A-1")
        wait_for(20, done)
        assert Event.objects.of("A-1").count() == 1
        wait_for(5, lambda: queue_length() == 0)


def test_a_worker_killed_in_between_leaves_exactly_one_effect(begun):
    announce("case:moved", "A-1")
    with worker(begun, "slow") as first:
        wait_for(20, begun.exists)
        kill(first)
    # The row it held is free again, and nothing of the half-done work is left.
    assert [(e.subject, e.name, e.at, e.facts) for e in Event.objects.of("A-1")] == []
    assert Delivery.objects.get().state == "pending"

    services.sweep(patience=timedelta(0))
    with worker(begun):
        wait_for(20, done)
    assert Event.objects.of("A-1").count() == 1
    assert verify("A-1") is None


def test_a_child_killed_in_between_is_followed_by_another(begun):
    announce("case:moved", "A-1")
    with worker(begun, "slow"):
        wait_for(20, begun.exists)
        wait_for(5, begun.read_text)
        os.kill(int(begun.read_text()), signal.SIGKILL)
        wait_for(20, done)
    assert Event.objects.of("A-1").count() == 1


def test_beat_sweeps_up_what_the_queue_lost(begun):
    announce("case:moved", "A-1")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM pgmq.q_portal")
    Delivery.objects.update(queued_at="2026-01-01T00:00Z")
    with worker(begun, "quick", "--beat"):
        wait_for(40, done)


def queue_length():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pgmq.q_portal")
        return cursor.fetchone()[0]
