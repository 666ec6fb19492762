"""History refuses change, whoever asks and by whatever way."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, ProgrammingError, connection, transaction

from apps.audit.management.commands.grant_rights import append_only_tables
from apps.audit.models import Event
from apps.audit.services import record
from apps.core.actors import SYSTEM


@pytest.fixture
def event(db):
    return record("A-1", "x", by=SYSTEM)


@pytest.mark.parametrize(
    "attempt",
    [
        lambda: Event.objects.update(actor="person:1"),
        lambda: Event.objects.all().delete(),
        lambda: run("TRUNCATE audit_event"),
        lambda: run("TRUNCATE audit_event CASCADE"),
        lambda: run("UPDATE audit_event SET facts = '{}'"),
    ],
)
def test_the_owner_of_the_table_is_refused(event, attempt):
    with pytest.raises(IntegrityError), transaction.atomic():
        attempt()
    assert Event.objects.of("A-1").get() == event


def test_every_append_only_table_has_its_triggers(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, count(*) FROM pg_trigger"
            " WHERE tgfoid = 'core_refuse_change'::regproc AND tgenabled = 'O' GROUP BY 1"
        )
        guarded = dict(cursor.fetchall())
    assert append_only_tables() == sorted(guarded)
    assert set(guarded.values()) == {2}


@pytest.fixture
def serving_role(db):
    """A role that serves, as production has it; it goes when the test rolls back."""
    run("CREATE ROLE portal_of_a_test")
    call_command("grant_rights", role="portal_of_a_test", stdout=_Silence())
    yield
    run("RESET ROLE")


class _Silence:
    def write(self, text):
        """Commands speak to a terminal; this test listens to the database."""


@pytest.mark.parametrize(
    "verb", ["UPDATE audit_event SET actor = ''", "DELETE FROM audit_event", "TRUNCATE audit_event"]
)
def test_the_serving_role_has_no_right_to_change_history(serving_role, event, verb):
    run("SET ROLE portal_of_a_test")
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        run(verb)


def test_the_serving_role_can_do_its_work(serving_role):
    from apps.outbox.services import Contact, deliver_all, send

    run("SET ROLE portal_of_a_test")
    record("A-1", "x", by=SYSTEM)
    send("k", to=Contact("email", "alice@example.com", "en"), subject="s", text="t", about="A-1")
    deliver_all()
    run("SELECT * FROM pgmq.read('portal', 30, 1)")


def test_without_a_serving_role_the_command_says_so_and_does_nothing(db, capsys):
    call_command("grant_rights", role="nobody_of_that_name")
    assert "There is no role nobody_of_that_name" in capsys.readouterr().out


def run(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
