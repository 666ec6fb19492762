"""What machines ask: does the process answer, can the portal serve."""

import datetime

import pytest
from django.db import OperationalError

from apps.core import dates
from apps.operations import health
from apps.outbox.models import Message
from apps.outbox.services import Contact, send


def test_healthz_answers_without_the_database(client):
    # No mark django_db: any query would raise.
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_ready_when_nothing_waits(client):
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["ready"] is True
    assert answer.json()["queue"] == {"since": None, "seconds": 0, "late": False}
    assert {"letters", "documents"} <= answer.json().keys()


@pytest.mark.django_db
def test_not_ready_when_nobody_takes_up_what_is_due(client):
    send("k", to=Contact("email", "alice@shop.example", "en"), subject="s", text="t", about="DTSPP-1")
    assert client.get("/readyz").status_code == 200
    Message.objects.update(due_at=dates.now() - health.QUEUE_LATE - datetime.timedelta(seconds=2))
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["queue"]["late"] is True
    assert answer.json()["queue"]["seconds"] >= 300
    assert "alice" not in answer.content.decode()


@pytest.mark.django_db
def test_not_ready_without_a_database(client, monkeypatch):
    def refuse():
        raise OperationalError("no route")

    monkeypatch.setattr(health.connection, "ensure_connection", refuse)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"ready": False, "database": False})


def test_probes_write_nothing(client):
    assert client.post("/healthz").status_code == 405
