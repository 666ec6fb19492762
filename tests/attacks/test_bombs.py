"""A small PDF that unpacks into gigabytes is not handed to an officer as ready."""

import zlib

import pytest

from apps.documents.adapters.inspection import inspect_apart
from apps.documents.services import LIMITS

MEGABYTE = bytes(1 << 20)


def packed(times, megabytes):
    """That many megabytes of zeros, compressed so many times over, without ever holding them."""
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(MEGABYTE) for _megabyte in range(megabytes)) + packer.flush()
    for _again in range(times - 1):
        data = zlib.compress(data, 9)
    return data


def pdf_of(data, filters):
    head = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n"
    )
    stream = b"4 0 obj<</Length %d/Filter[%s]>>stream\n" % (len(data), filters) + data + b"\nendstream endobj\n"
    return head + stream + b"trailer<</Root 1 0 R/Size 5>>\n%%EOF"


@pytest.mark.parametrize(("data", "filters", "reason"), [
    (packed(1, 600), b"/FlateDecode", "too_heavy"),
    (packed(2, 8), b"/FlateDecode/FlateDecode", "too_heavy"),
    (packed(1, 600).hex().encode() + b">", b"/ASCIIHexDecode/FlateDecode", "too_heavy"),
    (packed(1, 20), b"/FlateDecode", ""),
    (packed(1, 20).hex().encode() + b">", b"/ASCIIHexDecode/FlateDecode", ""),
    (b"not packed at all", b"/FlateDecode", ""),
    (b"\xff\xd8\xff", b"/DCTDecode", ""),
], ids=["flate", "twice", "written-out", "honest", "honest-written-out", "broken", "photo"])  # fmt: skip
def test_what_unpacks_into_too_much_is_refused(tmp_path, data, filters, reason):
    (tmp_path / "a.pdf").write_bytes(pdf_of(data, filters))
    assert inspect_apart(tmp_path / "a.pdf", "application/pdf", LIMITS).reason == reason
