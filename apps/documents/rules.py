"""What a file is by its first bytes, and whether its name agrees."""

import re
import unicodedata

from apps.documents.contents import LARGEST_BYTES, MEDIA_TYPES

HEAD_BYTES = 16
LONGEST_NAME = 150
_HEADS = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
)
_PHONE_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif")
# Controls, direction marks, and what file systems and headers give a meaning of their own.
_UNSAFE = re.compile('[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff/\\\\:*?"<>|]')


def media_type_of(head: bytes) -> str:
    """The media type that these first bytes show, "" for one that we do not take."""
    return next((media_type for start, media_type in _HEADS if head.startswith(start)), "")


def is_phone_format(head: bytes) -> bool:
    """HEIC and its kin: known only to explain what to do about them."""
    return head[4:8] == b"ftyp" and head[8:12] in _PHONE_BRANDS


def clean_name(name: str, media_type: str = "") -> str:
    """The name as typed, in NFC, without what could mislead; at most 150 characters.

    Spaces become one, an empty name becomes "document", and a name without an ending
    gets the one of its media type.
    """
    tidy = " ".join(_UNSAFE.sub(" ", unicodedata.normalize("NFC", name)).split()).rstrip(". ")
    stem, dot, ending = tidy.rpartition(".")
    if not dot or not re.fullmatch(r"[A-Za-z0-9]{1,5}", ending):
        stem, ending = tidy, MEDIA_TYPES.get(media_type, ("",))[0]
    tail = f".{ending}" if ending else ""
    return (stem.lstrip(". ")[: LONGEST_NAME - len(tail)].strip() or "document") + tail


def name_agrees(name: str, media_type: str) -> bool:
    return name.rpartition(".")[2].lower() in MEDIA_TYPES[media_type]


def fault_of(name: str, size: int, head: bytes) -> str:
    """The reason code for which a file is not taken at the door, "" when it may come in."""
    if size == 0:
        return "empty"
    if size > LARGEST_BYTES:
        return "too_big"
    media_type = media_type_of(head)
    if not media_type:
        return "phone_format" if is_phone_format(head) else "wrong_type"
    return "" if name_agrees(clean_name(name, media_type), media_type) else "name_differs"
