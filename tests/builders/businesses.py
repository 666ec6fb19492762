"""Businesses for tests, claimed and registered by the verbs that do it in life."""

import itertools
from datetime import timedelta

from apps.accounts.models import Account
from apps.businesses import rules, services
from apps.core import dates
from apps.core.actors import SYSTEM
from apps.programme.models import Sector
from tests.accounts.builders import applicant, officer

_numbers = itertools.count(10_000_000)

PLACE = {"district": "SSP", "street_or_estate": "12 Apliu Street 鴨寮街", "floor": "1/F"}
CONTACT = {"contact_name": "Alice Chan", "contact_phone": "+85291234567"}


def next_brn() -> str:
    """A well-formed number that no other business of this run has."""
    return str(next(_numbers))


def in_a_year():
    return dates.today() + timedelta(days=365)


def sector(code="retail") -> Sector:
    """One of the programme's sectors; made here when no reference data is loaded."""
    words = {"name_en": "Retail", "name_zh_hant": "零售", "name_zh_hans": "零售"}
    vouched = {
        "valid_from": dates.today() - timedelta(days=900),
        "mark": "official",
        "source_en": "tests",
        "source_zh_hant": "tests",
        "source_zh_hans": "tests",
        "loaded_at": dates.now(),
    }
    return Sector.objects.get_or_create(code=code, defaults=words | vouched)[0]


def proven(organisation, owner):
    """The owner came to the counter with the papers; None while somebody else holds the number."""
    papers = rules.PAPERS_SEEN[organisation.identity.kind]
    return services.record_seen(organisation, owner=owner, papers=papers, by=counter())


def counter():
    """An officer of the helpdesk, the same for a whole test."""
    known = Account.objects.with_standing().filter(person__full_name="Hana at the counter").first()
    return known or officer("Hana at the counter", "helpdesk")


def business(by=None, *, brn=None, legal_form="company", complete=True, **details):
    """A firm claimed by `by` (a new applicant unless given), with all its details."""
    rest = {"sector": sector(), **PLACE, **CONTACT} if complete else {}
    names = {"name_en": "Harbour Noodle House", "name_zh": "海港麵家"}
    return services.add_business(
        by=by or applicant(),
        legal_form=legal_form,
        brn=brn or next_brn(),
        **{"br_expires_on": in_a_year(), **names, **rest, **details},
    )


def hawker(by=None, *, licence_number=None, **details):
    """A hawker with a fixed pitch and no BRN."""
    stall = {"licence_category": "Dry goods", "pitch": "A12", "name_zh": "明記"}
    return services.add_business(
        by=by or applicant(),
        legal_form="hawker",
        licence_number=licence_number or f"FP {next(_numbers)}",
        **{
            "licence_expires_on": in_a_year(),
            "sector": sector(),
            **stall,
            **PLACE,
            **CONTACT,
            **details,
        },
    )


def provider(*members, brn=None, name_en="Lantern Systems", **details):
    """A solution provider; `members` are (account, role) pairs."""
    return services.register_provider(by=SYSTEM, brn=brn or next_brn(), name_en=name_en, members=members, **details)
