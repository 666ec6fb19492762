"""Opening: only when ready, always on record, never as a page of ours."""

import pytest
from django.test import RequestFactory

from apps.audit.models import Event
from apps.core.errors import WrongState
from apps.documents import services
from apps.documents.adapters import store
from apps.documents.views import serve
from tests.builders.documents import document, pdf, picture, upload
from tests.documents.conftest import SUBJECT


def answer(account, shown, **options):
    request = RequestFactory().get("/")
    request.user = account
    return serve(request, shown, **options)


def test_each_opening_is_an_event(alice):
    ready = document(by=alice)
    assert services.open_document(ready, by=alice) == store.read(ready.sha256)
    event = Event.objects.of(SUBJECT).last()
    assert (event.name, event.actor) == ("document:opened", alice.actor)
    assert event.facts["document"] == str(ready.pk)


def test_nobody_opens_what_is_not_checked(alice):
    received = services.receive(SUBJECT, "br", upload(), by=alice)
    with pytest.raises(WrongState) as caught:
        services.open_document(received, by=alice)
    assert caught.value.code == "not_ready"
    assert Event.objects.of(SUBJECT).last().name == "document:received"


def test_a_file_that_changed_on_the_disk_is_not_handed_out(alice):
    ready = document(by=alice)
    store.path_of(ready.sha256).write_bytes(b"other")
    with pytest.raises(WrongState) as caught:
        services.open_document(ready, by=alice)
    assert caught.value.code == "lost"


@pytest.mark.parametrize(
    ("name", "content", "way"),
    [("證書.pdf", pdf(), "attachment"), ("相片.png", picture("PNG"), "inline")],
)
def test_the_answer_is_no_page_of_ours(alice, name, content, way):
    response = answer(alice, document(by=alice, name=name, content=content))
    assert response.content == content
    headers = response.headers
    assert headers["Content-Disposition"].startswith(f"{way}; filename*=utf-8''%E")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["Cache-Control"] == "private, no-store"
