"""Requests that no browser sends: each ends in a page, never in a 500."""

import pytest

from tests.accounts.builders import applicant

pytestmark = pytest.mark.django_db
THREE = ('<section lang="en">', '<section lang="zh-Hant">', '<section lang="zh-Hans">')
MANY = "&".join(f"a{number}=1" for number in range(450))


@pytest.mark.parametrize("address", [
    "/en/businesses/%00/", "/en/businesses/a%00b/change/name/", "/en/enquiries/%00/", "/en/applications/start/%00/",
    "/en/applications/a%00b/tasks/", "/en/applications/%00/letters/L.pdf", "/en/cases/%00/", "/en/welcome/%00/",
])  # fmt: skip
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_nul_in_an_address_is_no_page(attacker, address, method):
    attacker.force_login(applicant("Mallory Fung"))
    assert getattr(attacker, method)(address).status_code == 404


@pytest.mark.parametrize("name", ["sessionid", "csrftoken", "language", "other"])
def test_a_nul_in_a_cookie_is_passed_over(attacker, name):
    attacker.cookies.load(f'{name}="aaaaaaaaaa\\000bbbb"')
    assert attacker.get("/en/sign-in/").status_code == 200


def test_a_missing_page_with_a_thousand_parameters_is_still_missing(attacker):
    assert attacker.get(f"/en/no-such-page/?{MANY}").status_code == 404


@pytest.mark.parametrize(("address", "kind", "body"), [
    ("/en/sign-in/", "application/x-www-form-urlencoded; charset=utf-16", b"contact=a"),
    ("/en/sign-up/", "application/x-www-form-urlencoded; charset=utf-7", b"contact=a"),
    ("/en/sign-in/", "application/x-www-form-urlencoded", MANY.encode()),
    ("/en/sign-in/", "application/x-www-form-urlencoded", b"contact=" + b"a" * 3_000_000),
    ("/en/sign-in/", "multipart/form-data", b"no boundary"),
])  # fmt: skip
def test_a_body_that_cannot_be_read_ends_in_words(attacker, address, kind, body):
    attacker.handler.enforce_csrf_checks = True
    attacker.get(address)
    answer = attacker.post(address, body, content_type=kind)
    assert answer.status_code == 400
    assert all(one in answer.content.decode() for one in THREE)


def test_an_address_with_too_many_parameters_ends_in_words(attacker):
    answer = attacker.get(f"/zh-hant/packages/?{MANY}")
    assert answer.status_code == 400
    assert all(one in answer.content.decode() for one in THREE)
