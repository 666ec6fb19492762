"""Every address that names something × everybody it is not for × GET and POST: no word of it, no change."""

import re
import uuid

import pytest
from django.db import connection
from django.urls import get_resolver

from apps.accounts.models import Account
from apps.businesses.models import Organisation
from tests.accounts.builders import applicant, officer
from tests.builders import catalogue, documents

pytestmark = pytest.mark.django_db
CANARY, CANARY_ZH = "Canary Kettle House", "金絲雀茶壺屋"
TYPED = {
    "state": "accepted", "pen": "nobody", "grant_cents": "5000000", "organisation": "1", "by": "1", "add": "1",
    "name": "M", "share": "50", "text": "x", "words": "x", "reason": "rent", "grounds": "x", "consent": "on",
    "no_deposit": "on", "name_en": "Changed", "seen_sha256": "0" * 64, "full_time": "3", "group": "no", "later": "1",
}  # fmt: skip
# Tables that looking and refusing may write: who is signed in, how often somebody tried.
WRITTEN = ("django_session", "accounts_tries", "usersessions_usersession", "mfa_authenticator", "accounts_onetimecode")


@pytest.fixture
def case(office, db):
    """Alice's case with a paper and an enquiry, under a name that nobody else may read."""
    found = office.case
    Organisation.objects.filter(pk=found.organisation.pk).update(name_en=CANARY, name_zh=CANARY_ZH)
    found.paper = documents.document(found.reference, "br-certificate", by=found.owner)
    return found


@pytest.fixture
def strangers(case, office):
    """Whoever has no part in the case: another applicant, another provider, an officer not drawn, the office."""
    max_wong = applicant("Max Wong")
    catalogue.provider(max_wong, name_en="Morning Cicada Works Ltd")
    oona = officer("Oona Fok", "case_officer", "approver", "reviewer")
    return [Account.objects.with_standing().get(pk=one.pk) for one in (office.mallory, max_wong, oona, office.dora)]


def routes(patterns=None, before=""):
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        address = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from routes(pattern.url_patterns, address)
        elif "<" in address and "(?P" not in address and "lists/" not in address:
            yield address


def addresses(case):
    """Each route that names a case, an enquiry, a business or a review, filled with Alice's."""
    enquiry = case.confirmation.enquiry.reference
    words = {"document": case.paper.pk, "number": "L-2026-000001-0", "slug": "staff", "section": "name", "place": 0,
             "code": "basic", "kind": "approve", "enquiry": enquiry}  # fmt: skip
    for route in sorted({*routes()}):
        if not re.search(r"<str:(reference|enquiry)>", route):
            continue
        kind = next((kind for kind in ("enquiries/<", "businesses/<") if kind in route), "")
        words["reference"] = {"enquiries/<": enquiry, "businesses/<": case.organisation.reference}.get(
            kind, case.reference
        )
        yield "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda part: str(words.get(part[1], uuid.uuid4())), route)


def rows():
    """How often each table was written in this transaction: sees an UPDATE as well as an INSERT."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables WHERE relname <> ALL(%s)",
            [list(WRITTEN)])  # fmt: skip
        return dict(cursor.fetchall())


def walk(client, account, case):
    """What went wrong for a stranger: pages that answered or told, and tables that were written."""
    client.force_login(account)
    before, found, tried = rows(), [], 0
    for address in addresses(case):
        for answer in (client.get(address), client.post(address, TYPED)):
            tried += 1
            told = CANARY in (words := answer.content.decode(errors="replace")) or CANARY_ZH in words
            if told or answer.status_code not in (404, 405):
                found.append((answer.request["REQUEST_METHOD"], address, answer.status_code))
    written = [table for table, times in rows().items() if times != before.get(table, 0)]
    return found + written, tried


def test_a_stranger_reads_nothing_and_changes_nothing(case, strangers, attacker):
    for account in strangers:
        found, tried = walk(attacker, account, case)
        assert tried > 70
        assert not found, (account.person.full_name, *found)


def test_the_walk_would_see_it(case, attacker):
    found, _tried = walk(attacker, case.owner, case)
    assert ("GET", f"/en/cases/{case.reference}/", 200) in found
    assert "catalogue_enquiry" in found or "applications_application" in found


def test_nobody_signed_in_learns_whether_it_exists(case, attacker):
    """An address that exists and one that does not answer alike: sign in first."""
    for address in addresses(case):
        absent = address.replace(case.reference, "DTSPP-2026-999999-0")
        for method in (attacker.get, attacker.post):
            there, not_there = method(address), method(absent)
            assert there.status_code == not_there.status_code in (302, 405), address
            assert CANARY not in there.content.decode()
