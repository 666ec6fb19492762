from types import SimpleNamespace

import pytest
from django.db import transaction

from tests.accounts import builders as people
from tests.accounts.builders import PASSWORD
from tests.builders import cases, catalogue


@pytest.fixture(scope="module")
def office(django_db_setup, django_db_blocker, tmp_path_factory):
    """The programme with its people, made once for a file's tests and rolled back after them."""
    from django.test import override_settings

    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")),
        transaction.atomic(),
    ):
        cases.programme_stands()
        found = cast()
        found.case = cases.draft(version=found.version, options=[found.version.options.first()])
        found.case.filled().submitted().allotted().proven()
        yield found
        transaction.set_rollback(True)


def cast():
    """One person of each role, and a second approver, absent; with passwords."""
    dora, dan = people.administrators()
    names = {
        "olive": ("Olive Ho", "case_officer"),
        "omar": ("Omar Chan", "approver"),
        "rita": ("Rita Yeung", "reviewer"),
        "ravi": ("Ravi Mehta", "reviewer"),
        "sam": ("Sam Lau", "supervisor"),
        "ada": ("Ada Tsang", "auditor"),
        "hana": ("Hana Ng", "helpdesk"),
    }
    officers = {key: people.officer(name, role, password=PASSWORD) for key, (name, role) in names.items()}
    oscar = people.officer("Oscar Lo", "case_officer", "approver", password=PASSWORD, present=False)
    pat = people.applicant("Pat Wong")
    version = catalogue.package(catalogue.provider(pat, name_en="Lantern Stair Systems Ltd"))
    return SimpleNamespace(
        dora=dora, dan=dan, oscar=oscar, pat=pat, mallory=people.applicant("Mallory Fung"), version=version, **officers
    )


@pytest.fixture
def draft(office, db):
    return cases.draft(version=office.version, options=[office.version.options.first()])


@pytest.fixture
def assessing(office, db):
    """The file's one case that is being assessed: each test's changes roll back."""
    return office.case


@pytest.fixture
def deciding(assessing):
    return assessing.recommended()


@pytest.fixture
def desk(client):
    """Sign an officer in and fetch or post a page of the desk."""

    def visit(account, path, data=None):
        client.force_login(account)
        address = f"/en/desk/{path}"
        return client.get(address) if data is None else client.post(address, data)

    return visit
