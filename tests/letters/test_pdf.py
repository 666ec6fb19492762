"""The PDF: accessible, complete, in our own fonts, and fetching nothing."""

import http.server
import os
import subprocess
import sys
import threading
from io import BytesIO

import page
import pikepdf
import pytest
from django.utils import translation

from apps.core.actors import SYSTEM
from apps.letters import pdf, services

from .conftest import addressee, offer, one_of_each, package, receipt

pytestmark = pytest.mark.django_db
OURS = {
    "Letter-Latin",
    "Letter-Latin-Bold",
    "Letter-Chinese",
    "Letter-Chinese-Bold",
    "Letter-Rare",
    "Letter-Rare-Bold",
}
PIXEL = 0.75  # points; the PDF is drawn in CSS pixels, scaled once
HONG_KONG = "邨埗鰂𨋢栢涌衞裏啟峯堃喆囍龘㗎㩒犇"


def made(contents):
    return services.issue(services.request(contents, outcome_number=1, by=SYSTEM).number)


def text_of(content, *options):
    return subprocess.run(
        ["pdftotext", *options, "-", "-"], input=content, capture_output=True, check=True
    ).stdout.decode()


def fonts_of(content):
    """Each font's name without its subset's prefix, and whether its file is embedded."""
    with pikepdf.open(BytesIO(content)) as document:
        return {
            str(item.FontName).partition("+")[2]: "/FontFile2" in item
            for item in document.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor"
        }


@pytest.mark.parametrize("contents", one_of_each(), ids=lambda contents: contents.kind)
def test_every_kind_conforms_to_pdf_ua_1_and_embeds_its_fonts(contents):
    content = services.pdf_bytes(made(contents))
    report = page.validate_pdf_bytes(content, profile=page.ValidationProfile.PDF_UA_1)
    assert report.is_compliant, [str(failure) for failure in report.failures]
    fonts = fonts_of(content)
    assert set(fonts) <= OURS
    assert all(fonts.values())


def test_a_long_letter_runs_over_several_pages_and_still_conforms():
    lines = receipt()
    contents = offer(
        receipt=lines[:2] * 12 + lines[2:],
        addressee=addressee(name_en="W" * 160, name_zh="埗" * 120),
        package=package(name_en="Superlong" * 20),
    )
    content = services.pdf_bytes(made(contents))
    report = page.validate_pdf_bytes(content, profile=page.ValidationProfile.PDF_UA_1)
    assert report.is_compliant, [str(failure) for failure in report.failures]
    assert text_of(content).count("23,450.00") == 2


def test_decision_sum_and_what_to_do_by_when_stand_in_the_first_five_lines():
    letter = made(offer())
    body = text_of(services.pdf_bytes(letter)).partition("page 1")[2].split("你的申請")[0]
    first = " ".join([line for line in body.splitlines() if line.strip()][:5])
    for words in (
        "approved",
        "HK$22,250.00",
        "Accept by Fri 8 January 2027",
        "under My applications",
    ):
        assert words in first


def test_each_language_is_whole_by_itself():
    letter = made(offer())
    english, chinese = text_of(services.pdf_bytes(letter)).split("\f")[:2]
    for text in (english, chinese):
        for words in (
            letter.number,
            letter.code_as_printed,
            letter.check_address,
            "DTSPP-2026-000123-K",
            "22,250.00",
            "23,450.00",
            "38,000.00",
            "1,200.00",
        ):
            assert words in text
    assert "Ming Kee Noodles" in english
    assert "明記麵家" in chinese
    for words in (
        "你的申請已獲批准",
        "請於2027年1月8日（五）或之前",
        "不獲資助",
        "發票列明另一部伺服器。",
    ):
        assert words in chinese.replace("\n", "")


@pytest.mark.parametrize("specimen", [True, False])
def test_specimen_stands_on_each_page_of_a_demonstration_only(specimen):
    letter = services.request(offer(), outcome_number=1, by=SYSTEM)
    letter.specimen = specimen
    text = text_of(pdf.drawn(letter))
    assert text.count("SPECIMEN 樣本") == (2 if specimen else 0)


def test_each_block_and_each_foreign_phrase_names_its_language():
    content = services.pdf_bytes(made(offer(addressee=addressee(name_zh=""), package=package(provider_zh=""))))
    with pikepdf.open(BytesIO(content)) as document:
        assert document.Root.Lang == "en-HK"
        marked = [
            (str(item.S), str(item.Lang))
            for item in document.objects
            if isinstance(item, pikepdf.Dictionary) and "/Lang" in item and "/S" in item
        ]
    assert {("/Sect", "en-HK"), ("/Art", "zh-Hant-HK"), ("/Span", "en-HK")} <= set(marked)
    assert ("/Span", "zh-Hant-HK") not in marked


def test_the_receipt_is_a_table_with_headers_for_each_sum():
    with pikepdf.open(BytesIO(services.pdf_bytes(made(offer())))) as document:
        cells = [item for item in document.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/TD"]
    assert len(cells) == 12
    assert all(len(cell.A.Headers) == 2 for cell in cells)


def test_hong_kong_and_rare_characters_are_drawn_from_our_own_files():
    letter = made(offer(addressee=addressee(name_zh=HONG_KONG), package=package(name_zh_hant=HONG_KONG)))
    content = services.pdf_bytes(letter)
    assert HONG_KONG in text_of(content).replace("\n", "")
    assert "Letter-Rare" in fonts_of(content)


def test_no_text_is_smaller_than_nine_points():
    content = services.pdf_bytes(made(offer()))
    with pikepdf.open(BytesIO(content)) as document:
        sizes = {
            float(step.operands[1]) * PIXEL
            for sheet in document.pages
            for step in pikepdf.parse_content_stream(sheet)
            if str(step.operator) == "Tf"
        }
    assert min(sizes) >= 9


@pytest.fixture
def listener():
    asked = []

    class Ear(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *facts):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Ear)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port, asked
    server.shutdown()
    thread.join()
    server.server_close()


def test_nothing_typed_is_fetched_embedded_or_run(listener, tmp_path):
    port, asked = listener
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret of this machine")
    hostile = (
        f'<img src="http://127.0.0.1:{port}/a"><img src="file://{secret}">'
        f'<link rel="attachment" href="file://{secret}"><a rel="attachment" href="file://{secret}">x</a>'
        f'<style>@import "http://127.0.0.1:{port}/b";'
        f"@page {{ background: url(http://127.0.0.1:{port}/c) }}</style>"
        "{{ letter.code }}{% debug %}"
    )
    letter = made(offer(addressee=addressee(name_en=hostile, name_zh=hostile, address_en=(hostile,))))
    content = services.pdf_bytes(letter)
    assert asked == []
    assert "<imgsrc=" in "".join(text_of(content).split())
    with pikepdf.open(BytesIO(content)) as document:
        assert not document.attachments
        assert not any(secret.read_bytes() in stream for stream in streams_of(document))


def streams_of(document):
    for item in document.objects:
        if isinstance(item, pikepdf.Stream):
            try:
                yield item.read_bytes()
            except pikepdf.PdfError:
                continue


def test_even_markup_that_got_through_fetches_nothing(listener, tmp_path, caplog):
    import weasyprint

    port, asked = listener
    markup = f'<html lang="en"><img alt="" src="http://127.0.0.1:{port}/a"><img alt="" src="file:///etc/passwd">'
    weasyprint.HTML(string=markup, url_fetcher=pdf._only("data")).write_pdf()
    assert asked == []
    for address in (
        f"http://127.0.0.1:{port}/x",
        "file:///etc/passwd",
        (pdf.FONTS / "README.md").as_uri(),
    ):
        with pytest.raises(ValueError, match="not a font"):
            pdf._own_files(address)


def test_it_says_the_same_whatever_language_is_active():
    letter = made(offer())
    with translation.override("zh-hans"):
        chinese = text_of(pdf.drawn(letter))
    assert chinese == text_of(services.pdf_bytes(letter))


def test_the_portal_starts_without_the_pdf_libraries():
    program = (
        "import sys, django; sys.modules['weasyprint'] = None; django.setup();"
        "from apps.letters import pdf, services, views; assert not pdf.available();"
        "print('started')"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=os.environ, check=False)
    assert run.stdout.strip() == "started", run.stderr


def test_no_font_of_the_machine_is_needed(tmp_path):
    """A machine without any font of its own draws the same letter."""
    empty = tmp_path / "fonts.conf"
    empty.write_text(f"<fontconfig><cachedir>{tmp_path}/cache</cachedir></fontconfig>")
    letter = made(offer(addressee=addressee(name_zh=HONG_KONG)))
    program = (
        "import sys, warnings, django; warnings.simplefilter('ignore'); django.setup();"
        "from apps.letters import pdf; from apps.letters.models import Letter;"
        "from datetime import datetime;"
        f"letter = Letter(number={letter.number!r}, code={letter.code!r}, kind='offer',"
        f" contents={letter.contents!r}, specimen=True,"
        f" requested_at=datetime.fromisoformat({letter.requested_at.isoformat()!r}));"
        "sys.stdout.buffer.write(pdf.drawn(letter))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        check=False,
        env=os.environ | {"FONTCONFIG_FILE": str(empty)},
    )
    assert text_of(run.stdout) == text_of(services.pdf_bytes(letter)), run.stderr
