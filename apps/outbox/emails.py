"""What a mail looks like: plain text in 60 columns, and one column of HTML in the same words.

Both are rendered from the message's paragraphs; neither adds a word the other lacks.
Paragraphs are divided by an empty line; lines that start with "- " make a list.
"""

import unicodedata

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from apps.core.models import Demonstration

COLUMNS = 60
# Chinese on purpose in every language: it stands like this on all that is not real.
SPECIMEN = "SPECIMEN 樣本"


def specimen() -> str:
    """The mark on everything, unless production runs on a database that is no demonstration."""
    real = settings.PRODUCTION and not Demonstration.objects.exists()
    return "" if real else SPECIMEN


def render(message) -> tuple[str, str]:
    """(text, html) of an e-mail, in the recipient's language."""
    with translation.override(message.language):
        words = {
            "mark": specimen(),
            "blocks": list(_blocks(message.text)),
            "language": message.language,
            "subject": message.subject,
        }
        html = message.html or render_to_string("outbox/mail.html", words)
        return fold(render_to_string("outbox/mail.txt", words)), html


def _blocks(text):
    """Each paragraph as {"lines": […]} or {"points": […]}."""
    for paragraph in text.strip().replace("\r\n", "\n").split("\n\n"):
        lines = [line.strip() for line in paragraph.split("\n") if line.strip()]
        if lines and all(line.startswith("- ") for line in lines):
            yield {"points": [line[2:] for line in lines]}
        elif lines:
            yield {"lines": lines}


def fold(text: str) -> str:
    """The text with no line wider than 60 columns; an address on the web is never broken."""
    lines = (line for raw in text.strip().split("\n") for line in _folded(raw))
    return "\n".join(lines) + "\n"


def _folded(line):
    indent = "  " if line.startswith("- ") else ""
    current = ""
    for piece in _pieces(line):
        if current.strip() and width(current + piece.rstrip()) > COLUMNS:
            yield current.rstrip()
            current = indent + piece.lstrip()
        else:
            current += piece
    yield current.rstrip()


def _pieces(line):
    """Where a line may break: after a space, and between two wide characters."""
    piece = ""
    for character in line:
        starts = piece and width(character) == 2 and not _closes(character)
        if starts or (piece and width(piece[-1]) == 2 and not _closes(character)):
            yield piece
            piece = ""
        piece += character
        if character == " ":
            yield piece
            piece = ""
    yield piece


def _closes(character):
    """Punctuation and blanks that stay with what stands before them."""
    return character == " " or unicodedata.category(character) in ("Po", "Pe", "Pf")


def width(text: str) -> int:
    """Columns on a screen: two for a Chinese character, none for a combining mark."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
