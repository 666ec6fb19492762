"""At the door: size, first bytes and name; each refusal helps, and nothing is kept."""

import pytest

from apps.audit.models import Event
from apps.core.errors import RuleBroken
from apps.documents import contents, rules, services
from apps.documents.adapters import store
from apps.documents.models import Document
from tests.builders.documents import pdf, picture, upload
from tests.documents.conftest import SUBJECT


def receive(alice, name, content, type_code="br"):
    return services.receive(SUBJECT, type_code, upload(name, content), by=alice)


def nothing_kept():
    return not Document.objects.exists() and not list(store.names()) + list(store.unfinished())


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("證書 certificate.PDF", pdf(), "application/pdf"),
        ("photo.jpg", picture(), "image/jpeg"),
        ("photo.JPEG", picture(), "image/jpeg"),
        ("scan.png", picture("PNG"), "image/png"),
    ],
)
def test_what_may_be_sent_is_received(alice, name, content, media_type):
    document = receive(alice, name, content)
    assert (document.state, document.media_type) == ("received", media_type)
    assert (document.name, document.size) == (name, len(content))
    assert store.read(document.sha256) == content
    assert not document.scanned
    assert Event.objects.of(SUBJECT).last().name == "document:received"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.pdf", b"", "empty"),
        ("a.pdf", b"%PDF-" + b"0" * contents.LARGEST_BYTES, "too_big"),
        ("a.pdf", b"MZ\x90\x00 an exe renamed", "wrong_type"),
        ("a.pdf", b"<html><script>alert(1)</script>", "wrong_type"),
        ("a.pdf", b"\n" + pdf(), "wrong_type"),
        ("a.jpg", b"GIF89a" + b"0" * 20, "wrong_type"),
        ("a.docx", b"PK\x03\x04" + b"0" * 20, "wrong_type"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "wrong_type"),
        ("IMG_1.HEIC", b"\x00\x00\x00\x18ftypheic" + b"0" * 20, "phone_format"),
        ("a.jpg", pdf(), "name_differs"),
        ("a.pdf.exe", pdf(), "name_differs"),
        ("a.html", picture(), "name_differs"),
    ],
)
def test_what_may_not_is_refused_in_words(alice, name, content, code):
    with pytest.raises(RuleBroken) as caught:
        receive(alice, name, content)
    assert (caught.value.code, caught.value.message) == (code, contents.MESSAGES[code])
    assert nothing_kept()


def test_one_file_of_several_spoils_no_other(alice):
    uploads = [upload("a.pdf"), upload("b.pdf", b""), upload("c.png", picture("PNG"))]
    received = services.receive_each(SUBJECT, "br", uploads, by=alice)
    assert [document.name for document in received.documents] == ["a.pdf", "c.png"]
    assert [(name, str(words)) for name, words in received.faults] == [("b.pdf", str(contents.MESSAGES["empty"]))]


def test_the_same_bytes_again_are_one_document(alice):
    content = pdf()
    assert receive(alice, "a.pdf", content) == receive(alice, "b.pdf", content)
    assert receive(alice, "a.pdf", content, "invoice") != receive(alice, "a.pdf", content)
    assert len(list(store.names())) == 1


def test_no_more_files_than_the_limit(alice, monkeypatch):
    monkeypatch.setattr(contents, "MOST_FILES", 2)
    for number in range(2):
        receive(alice, "a.pdf", pdf(mark=b"%d" % number))
    with pytest.raises(RuleBroken) as caught:
        receive(alice, "a.pdf", pdf(mark=b"3"))
    assert caught.value.code == "too_many"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("../../etc/passwd.pdf", "etc passwd.pdf"),
        ("a\u202efdp.exe.pdf", "a fdp.exe.pdf"),
        ('x"; filename="y.html.pdf', "x ; filename= y.html.pdf"),
        ("營業執照（埗）.pdf", "營業執照（埗）.pdf"),
        ("Cafe\u0301.pdf", "Café.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie x.pdf"),
        ("no ending", "no ending.pdf"),
        ("", "document.pdf"),
        (".pdf", "document.pdf"),
        ("長" * 300 + ".pdf", "長" * 146 + ".pdf"),
    ],
)
def test_a_name_is_kept_as_typed_but_harmless(typed, kept):
    assert rules.clean_name(typed, "application/pdf") == kept


def test_every_state_and_reason_has_its_sentence():
    seven = {"wrong_type", "too_big", "empty", "virus", "password", "too_many", "not_uploaded"}
    assert seven <= set(contents.MESSAGES)
    forbidden = ("please", "sorry", "valid", "forbidden", "oops")
    for words in map(str, contents.MESSAGES.values()):
        assert not any(word in words.lower() for word in forbidden)
