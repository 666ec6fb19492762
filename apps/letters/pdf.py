"""Draws a letter: one tagged PDF in English and 繁, from our own fonts, fetching nothing.

WeasyPrint is loaded on first use: without pango the portal starts, and letters wait.
"""

import atexit
import base64
import sys
from contextlib import redirect_stdout
from functools import cache
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

import segno
from django.template.loader import render_to_string

FONTS = Path(__file__).resolve().parent / "fonts"
FACES = {
    ("Letter Latin", "normal"): "NotoSans-Regular.ttf",
    ("Letter Latin", "bold"): "NotoSans-Bold.ttf",
    ("Letter Chinese", "normal"): "NotoSansHK-Regular.ttf",
    ("Letter Chinese", "bold"): "NotoSansHK-Bold.ttf",
    ("Letter Rare", "normal"): "NotoSansHK-Rare.ttf",
}
LANGUAGES = ("en", "zh_hant")
# The tags that WeasyPrint gives the two blocks, and the language that each is read in.
BLOCK_LANGUAGES = {"/Sect": "en-HK", "/Art": "zh-Hant-HK"}


class LibrariesMissing(Exception):
    """This machine has no pango: letters wait until somebody installs it."""


@cache
def available() -> bool:
    """Whether the PDF libraries are on this machine."""
    try:
        with redirect_stdout(sys.stderr):  # it prints advice that would mix with a command's own words
            import_module("weasyprint")
    except (ImportError, OSError):
        return False
    return True


def made_with() -> str:
    return f"weasyprint {version('weasyprint')}, pydyf {version('pydyf')}"


def drawn(letter) -> bytes:
    """The PDF/UA-1 bytes of the letter; about a tenth of a second of CPU.

    Raises LibrariesMissing without pango.
    """
    return drawn_html(_html(letter))


def drawn_html(html: str) -> bytes:
    """This document in the letters' own types and sheet; raises LibrariesMissing without pango."""
    if not available():
        raise LibrariesMissing
    import weasyprint

    sheet, fonts = _sheet_and_fonts()
    page = weasyprint.HTML(string=html, url_fetcher=_only("data"))
    return page.write_pdf(
        stylesheets=[sheet],
        font_config=fonts,
        pdf_variant="pdf/ua-1",
        pdf_tags=True,
        finisher=_name_languages,
    )


def _html(letter) -> str:
    blocks = {language: block(letter, language, heading=1) for language in LANGUAGES}
    address = letter.check_address
    qr = segno.make(address, error="m").svg_data_uri(scale=2, border=2, dark="#14202B", light="#FFFFFF")
    facts = {
        "letter": letter,
        "words": letter.words,
        "address": address,
        "qr": qr,
        "dated": letter.dated,
    }
    return render_to_string("letters/pdf.html", facts | blocks)


def block(letter, language: str, *, heading: int) -> str:
    """The letter's words in en, zh_hant or zh_hans as HTML, its title at that heading level."""
    facts = {
        "letter": letter,
        "words": letter.words,
        "dated": letter.dated,
        "language": language,
        "heading": heading,
    }
    return render_to_string(f"letters/{language}/{letter.kind}.html", facts)


def _only(*protocols):
    from weasyprint.urls import URLFetcher

    return URLFetcher(allowed_protocols=protocols, allow_redirects=False)


def _own_files(url):
    """The fetcher of our style sheet: the font files, by exact path, and nothing else."""
    from weasyprint.urls import URLFetcherResponse

    known = {(FONTS / name).as_uri(): FONTS / name for name in FACES.values()}
    if url not in known:
        raise ValueError(f"not a font of the letters: {url}")
    return URLFetcherResponse(url, known[url].read_bytes(), {"Content-Type": "font/ttf"})


@cache
def _sheet_and_fonts():
    """The style sheet and its fonts, read once for the life of the process."""
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    # Its folder of fonts goes while Python is still whole.
    atexit.register(put_fonts_away)
    text = _faces() + render_to_string("letters/pdf.css") + _watermark()
    return weasyprint.CSS(string=text, font_config=fonts, url_fetcher=_own_files), fonts


def put_fonts_away() -> None:
    """Delete the folder that this process's fonts were unpacked in, if they were."""
    _sheet_and_fonts.cache_clear()


def _faces() -> str:
    rule = '@font-face {{ font-family: "{}"; font-weight: {}; src: url("{}") }}\n'
    return "".join(rule.format(*face, (FONTS / name).as_uri()) for face, name in FACES.items())


def _watermark() -> str:
    """SPECIMEN 樣本 in outlines behind the text; the words themselves stand in the foot."""
    drawing = base64.b64encode((FONTS / "specimen.svg").read_bytes()).decode()
    image = f'url("data:image/svg+xml;base64,{drawing}")'
    pages = ("specimen", "specimen-sheet")
    return "\n".join(f"@page {page} {{ background: {image} center / 210mm 297mm no-repeat }}" for page in pages)


def _name_languages(document, pdf):
    """Gives each block, and each phrase in the other language inside it, its /Lang.

    WeasyPrint names the document's language alone. English stands in a section and Chinese
    in an article, which is all that the tag tree keeps of them; a span that holds other
    elements marks the other language.
    """
    import pydyf

    tree = {item.reference: item for item in pdf.objects if isinstance(item, pydyf.Dictionary) and "S" in item}
    for item in tree.values():
        tag = item["S"]
        if tag in BLOCK_LANGUAGES:
            item["Lang"] = pydyf.String(BLOCK_LANGUAGES[tag])
        elif tag == "/Span" and any(not isinstance(kid, int) for kid in item["K"]):
            item["Lang"] = pydyf.String("en-HK" if _block_of(item, tree) == "/Art" else "zh-Hant-HK")


def _block_of(item, tree):
    while item is not None and item["S"] not in BLOCK_LANGUAGES:
        item = tree.get(item["P"])
    return item["S"] if item else None
