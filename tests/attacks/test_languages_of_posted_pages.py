"""The language links of a page that a refused POST shows lead to pages that can be asked for."""

import re

import pytest

pytestmark = pytest.mark.django_db


def test_a_refused_note_leads_to_the_case_in_other_languages(office, db, client):
    client.force_login(office.case.officer("case_officer"))
    page = client.post(f"/en/desk/case/{office.case.reference}/notes/", {"text": "\0"})
    links = set(re.findall(r'href="(/zh-han[ts]/desk/case/[^"]*)"', page.content.decode()))
    assert f"/zh-hant/desk/case/{office.case.reference}/" in links
    assert {client.get(link).status_code for link in links} == {200}
