"""A hawker inside a building has a registration and a licence, and one ceiling for both."""

import dataclasses
import re
from types import MappingProxyType

import pytest

from apps.core.actors import SYSTEM
from apps.core.errors import RuleBroken
from apps.ledger import services as ledger
from apps.programme import services as programme
from apps.programme.rules import value_problem
from tests.builders import businesses, cases

CEILING = 50_000_00
GRANT = 22_250_00


@pytest.fixture
def stall(office, db):
    """Alice's stall in a building, its case being assessed."""
    firm = businesses.hawker(brn=businesses.next_brn(), in_building=True, br_expires_on=businesses.in_a_year())
    owner = firm.members("owner").get().account
    case = cases.draft(owner, organisation=firm, version=office.version, options=[office.version.options.first()])
    return case.filled().submitted().allotted()


def had(identity, cents, reference="L-1"):
    ledger.commit_award(
        scheme="DTSPP", identity=identity, cents=cents, cause=(reference, 1), limit_cents=CEILING, by=SYSTEM
    )


def left(identity):
    return ledger.left_under_ceiling("DTSPP", identity, CEILING)


def words(page):
    return re.sub(r"\s+", " ", page.content.decode())


def test_what_the_licence_had_is_no_longer_there_for_the_registration(stall, office, desk):
    brn, licence = stall.organisation.identities
    had(licence, 35_000_00)
    page = words(desk(office.olive, f"case/{stall.reference}/"))
    assert "HK$15,000 of HK$50,000, which it shares with hawker licence FP" in page
    stall.recommended().approved()
    assert stall.row.outcomes.get().grant_cents == 15_000_00
    assert left(brn) == left(licence) == 0


def test_a_claim_joins_nothing_and_only_the_approval_does(stall):
    brn, licence = stall.organisation.identities
    had(licence, 10_000_00)
    stall.recommended()
    assert (left(brn), left(licence)) == (CEILING, 40_000_00)
    stall.approved()
    assert left(brn) == left(licence) == 40_000_00 - GRANT
    stall.withdrawn()
    assert (left(brn), left(licence)) == (CEILING, 40_000_00)


def test_what_the_licence_had_after_the_advice_sends_the_case_back(stall):
    stall.recommended()
    had(stall.organisation.identities[1], 35_000_00)
    with pytest.raises(RuleBroken) as refusal:
        stall.approved()
    assert refusal.value.code == "changed_meanwhile"


def test_with_the_ceiling_used_under_the_licence_nothing_is_submitted(office, db):
    firm = businesses.hawker(brn=businesses.next_brn(), in_building=True, br_expires_on=businesses.in_a_year())
    case = cases.draft(firm.members("owner").get().account, organisation=firm, version=office.version).filled()
    had(firm.identities[1], CEILING)
    with pytest.raises(RuleBroken) as refusal:
        case.submitted()
    assert refusal.value.code == "ceiling_used"


def test_terms_that_switch_the_rule_off_count_each_for_itself(stall, monkeypatch):
    had(stall.organisation.identities[1], 40_000_00)
    terms = programme.terms_named("2024.1")
    off = dataclasses.replace(terms.facts["hawker_ceiling"], value=0)
    changed = dataclasses.replace(terms, facts=MappingProxyType({**terms.facts, "hawker_ceiling": off}))
    monkeypatch.setattr(programme, "terms_named", lambda name, scheme="DTSPP": changed)
    stall.recommended().approved()
    assert left(stall.organisation.identities[0]) == CEILING - GRANT
    assert left(stall.organisation.identities[1]) == 10_000_00


def test_the_rule_stands_in_the_terms_and_can_be_switched_off():
    assert value_problem("hawker_ceiling", "count", 0) is None
    assert value_problem("live_applications", "count", 0)


def test_the_terms_as_loaded_share_the_ceiling(stall):
    assert programme.terms_named("2024.1").hawker_shares_ceiling
