"""The upload form and the list of files, as any app shows them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict

from apps.documents import services
from apps.documents.forms import UploadForm
from apps.documents.models import Document
from tests.builders.documents import document, pdf, picture, upload
from tests.documents.conftest import SUBJECT


def sent(*files):
    return UploadForm({}, MultiValueDict({"files": list(files)}), label="Business registration")


def listed(*documents, **context):
    return render_to_string("documents/list.html", {"documents": documents, **context})


def test_limits_stand_before_the_choice_and_a_camera_may_be_used():
    form = UploadForm(label="Business registration", hint="Both sides.")
    shown = str(form["files"])
    assert "at most 10 MB" in form.fields["files"].help_text
    assert "multiple" in shown
    assert "image/jpeg" in shown


def test_several_files_are_taken_at_once(alice):
    form = sent(upload("a.pdf"), upload("b.jpg", picture()))
    assert form.is_valid()
    assert form.receive(SUBJECT, "br", by=alice)
    assert [one.name for one in form.documents] == ["a.pdf", "b.jpg"]


def test_each_file_that_fails_is_named_and_the_others_are_kept(alice):
    form = sent(upload("a.pdf"), SimpleUploadedFile("b.pdf", b""), upload("c.exe", b"MZ"))
    assert form.is_valid()
    assert not form.receive(SUBJECT, "br", by=alice)
    (words,) = form.errors["files"]
    assert "b.pdf: This file is empty" in words
    assert "c.exe: This file is not a PDF" in words
    assert [one.name for one in Document.objects.of(SUBJECT)] == ["a.pdf"]


def test_no_file_at_all_is_said():
    form = sent()
    assert not form.is_valid()
    assert form.errors["files"] == ["Choose a file first, then send it."]


def test_a_file_being_checked_says_so_and_offers_to_look_again(alice):
    received = services.receive(SUBJECT, "br", upload(), by=alice)
    received.open_url = "/open"
    shown = listed(received, here="/here")
    assert 'hx-get="/here"' in shown
    assert 'href="/here"' in shown
    assert "/open" not in shown


def test_a_rejected_file_stays_with_its_reason(alice):
    shown = listed(document(by=alice, content=pdf(password="x")))
    assert "Not accepted" in shown
    assert "locked with a password" in shown
    assert "hx-get" not in shown


def test_officers_see_that_nothing_scanned_it(alice):
    ready = document(by=alice)
    assert "Not scanned for viruses" in listed(ready, officers=True)
    assert "Not scanned" not in listed(ready)


@pytest.mark.parametrize("name", ["<b>x</b>.pdf", "{{ 7|add:7 }}.pdf"])
def test_a_name_runs_as_nothing(alice, name):
    shown = listed(document(by=alice, name=name))
    assert "<b>x" not in shown
    assert "14.pdf" not in shown
