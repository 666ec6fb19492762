"""The demonstration, loaded as `up` loads it: a case in every state, every rule kept, room for a newcomer."""

import os
import subprocess
import sys

import pytest
from django.db import connection, connections

from apps.accounts.models import Account
from apps.applications import workflow
from apps.applications.models import Application
from apps.applications.services import queue
from apps.core import dates
from apps.core.models import Demonstration
from apps.operations.demonstration import cast
from apps.outbox.models import Message
from tests.databases import ROOT, a_copy_of_the_test_database, address

pytestmark = pytest.mark.slow


def run(folder, *command):
    surroundings = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": address(),
        "MEDIA_ROOT": str(folder / "media"),
        "PORTAL_STATE": str(folder),
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }
    done = subprocess.run(
        [sys.executable, "-m", "django", *command], cwd=ROOT, env=surroundings, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    folder = tmp_path_factory.mktemp("demonstration")
    with django_db_blocker.unblock(), a_copy_of_the_test_database():
        Demonstration.objects.create(created_at=dates.now())
        connections.close_all()
        said = run(folder, "demonstrate")
        yield folder, said


def test_a_case_stands_in_every_state(loaded):
    found = set(Application.objects.values_list("state", flat=True))
    assert found == set(workflow.STATES)
    assert 35 <= Application.objects.count() <= 50


def test_every_rule_of_the_data_is_kept(loaded):
    run(loaded[0], "check_invariants")


def test_who_waits_for_funds_is_held_and_keeps_nobody_waiting(loaded):
    waiting = Application.objects.get(state=workflow.WAITING)
    assert waiting.held
    assert queue.before_a_newcomer("DTSPP") == waiting.outcomes.last().grant_cents


def test_its_people_are_printed_and_there(loaded):
    assert all(role.email in loaded[1] for role in cast.CAST)
    assert Account.objects.filter(email__in=[role.email for role in cast.CAST]).count() == len(cast.CAST)


def test_a_second_time_changes_no_case(loaded):
    before = list(Application.objects.order_by("pk").values_list("reference", "state", "changed_at"))
    run(loaded[0], "demonstrate")
    assert list(Application.objects.order_by("pk").values_list("reference", "state", "changed_at")) == before


def test_no_message_was_left_over_or_failed(loaded):
    assert set(Message.objects.values_list("state", flat=True)) == {"handed_over"}
    assert connection.settings_dict["NAME"].endswith("_copy")
