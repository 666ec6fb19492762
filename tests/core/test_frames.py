"""What every page's frame holds, and what the pages of a broken portal need: nothing."""

import gzip
import hashlib
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import loader

TEMPLATES = sorted((settings.ROOT / "templates").rglob("*.html"))
OURS = [path for path in TEMPLATES if "letters" not in path.parts and "outbox" not in path.parts]
LANGUAGES = ("en", "zh-hant", "zh-hans")


@pytest.fixture
def html_of(client, db):
    return lambda path, **extra: client.get(path, **extra).content.decode()


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_gallery_stands_in_each_language_with_links_to_the_others(html_of, code):
    html = html_of(f"/{code}/gallery/?errors=1")
    tag = {"en": "en", "zh-hant": "zh-Hant", "zh-hans": "zh-Hans"}[code]
    assert f'<html lang="{tag}"' in html
    for other in LANGUAGES:
        assert f'href="/{other}/gallery/?errors=1"' in html
    assert len(re.findall(r'lang="[^"]+" hreflang="[^"]+" aria-current="true"', html)) == 1


def test_a_page_in_error_says_so_in_its_title_and_its_summary_takes_focus(html_of):
    html = html_of("/en/gallery/?errors=1")
    assert re.search(r"<title>Error: ", html)
    assert re.search(r'id="error-summary" tabindex="-1" autofocus', html)
    assert "<title>Error" not in html_of("/en/gallery/")


def test_each_id_of_a_page_is_there_once(html_of):
    for query in ("", "?errors=1", "?frame=desk"):
        ids = re.findall(r'\bid="([^"]+)"', html_of(f"/en/gallery/{query}"))
        assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", ["400.html", "500.html", "503.html"])
@pytest.mark.parametrize("code", LANGUAGES)
def test_a_broken_portal_speaks_three_languages_without_a_database(name, code):
    html = loader.get_template(name).render({"language": code, "error_id": "e-1"})
    for tag in ("en", "zh-Hant", "zh-Hans"):
        assert f'<section lang="{tag}">' in html
    assert "e-1" in html


def test_a_missing_page_is_in_the_languages_frame(client, db):
    answer = client.get("/zh-hant/no-such-page/")
    assert answer.status_code == 404
    assert '<html lang="zh-Hant"' in answer.content.decode()


def test_no_template_holds_script_style_or_an_event():
    for path in OURS:
        text = re.sub(r"{% comment %}.*?{% endcomment %}", "", path.read_text(), flags=re.DOTALL)
        assert not re.search(r"<script(?![^>]*(\bsrc=|application/json))|<style|\sstyle=|\son[a-z]+=\"", text), path


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: "-".join(path.parts[-2:]))
def test_every_template_compiles_and_is_short(path):
    assert len(path.read_text().splitlines()) <= 150
    loader.get_template(str(path.relative_to(settings.ROOT / "templates")))


def test_the_vendored_css_is_the_one_its_readme_names():
    folder = settings.ROOT / "static/vendor/govuk-frontend"
    built = (folder / "govuk-frontend.min.css").read_bytes()
    assert hashlib.sha256(built).hexdigest() in (folder / "README.md").read_text()
    assert not re.search(rb"GDS Transport|crown|@import|url\((?!\W?data:)", built)


def test_a_first_visit_transfers_little():
    """U53 allows 100 KB for a public page; its CSS and script may take 20 of them."""
    files = [
        "vendor/govuk-frontend/govuk-frontend.min.css",
        "css/portal.css",
        "css/components.css",
        "js/portal.js",
    ]
    sizes = [len(gzip.compress(Path(settings.ROOT / "static" / name).read_bytes())) for name in files]
    assert sum(sizes) < 20_000
