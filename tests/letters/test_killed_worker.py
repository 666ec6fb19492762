"""Killed for real, or raced by another worker: exactly one letter in the end."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from apps.core.actors import SYSTEM
from apps.letters import services
from apps.letters.models import Letter, LetterFile
from apps.outbox import services as outbox
from apps.outbox.models import Announcement
from tests.databases import address

from .conftest import offer

# The worker dies after its bytes are written and before its transaction commits.
DIES = """
import django, os, signal
django.setup()
from apps.letters import services
services.outbox.announce = lambda *said, **facts: os.kill(os.getpid(), signal.SIGKILL)
services.issue({number!r})
"""


def test_a_worker_killed_in_between_leaves_exactly_one_letter(own_database):
    letter = services.request(offer(), outcome_number=1, by=SYSTEM)
    environment = os.environ | {"DATABASE_URL": address()}
    killed = subprocess.run(
        [sys.executable, "-c", DIES.format(number=letter.number)],
        env=environment,
        capture_output=True,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert Letter.objects.get().waiting
    assert not LetterFile.objects.exists()
    outbox.deliver_all()
    outbox.deliver_all()
    one = Letter.objects.get()
    assert services.pdf_bytes(one)
    assert LetterFile.objects.count() == 1
    assert Announcement.objects.filter(topic="letter:issued").count() == 1


def test_two_workers_at_once_leave_exactly_one_letter(own_database):
    letter = services.request(offer(), outcome_number=1, by=SYSTEM)

    def work(_):
        try:
            return services.issue(letter.number).sha256
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as workers:
        hashes = set(workers.map(work, range(3)))
    assert hashes == {Letter.objects.get().sha256}
    assert LetterFile.objects.count() == 1
    assert Announcement.objects.filter(topic="letter:issued").count() == 1


def test_asked_for_twice_at_once_there_is_one_waiting_letter(own_database):
    def ask(_):
        try:
            return services.request(offer(), outcome_number=1, by=SYSTEM).number
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as askers:
        numbers = set(askers.map(ask, range(4)))
    assert numbers == {Letter.objects.get().number}
    assert Announcement.objects.filter(topic="letter:requested").count() == 1
