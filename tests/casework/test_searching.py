"""A case is found by whatever an officer has before him, however it is written."""

import pytest

from apps.applications.models import Application
from apps.businesses.models import Organisation
from apps.casework.services.searching import named

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(assessing):
    Organisation.objects.filter(pk=assessing.organisation.pk).update(
        name_en="Ming Kee Noodles", name_zh="明記麵家（深水埗）", contact_phone="+85291234567"
    )
    return assessing


def ways(case):
    brn = case.row.identity_key.partition(":")[2]
    full_width = brn.translate({ord(digit): chr(0xFF10 + int(digit)) for digit in "0123456789"})
    return [
        case.reference, case.reference.lower(), case.reference[-8:], f" {case.reference[:9]} {case.reference[9:]}",
        brn, f"{brn[:4]} {brn[4:]}", f"{brn}-000-01-11-1", full_width,
        "ming kee", "MING  KEE noodles", "ＭＩＮＧ", "Ming-Kee", "明記", "明记", "明记面家", "明記 麵家", "（深水埗",
        "9123 4567", "+852 9123-4567", case.owner.phone or "9123 4567", "lantern stair",
    ]  # fmt: skip


def test_every_way_of_naming_a_case_finds_it(case):
    lost = [text for text in ways(case) if not Application.objects.filter(named(text), pk=case.row.pk).exists()]
    assert lost == []


@pytest.mark.parametrize("text", ["00000000", "9999 9999", "明智麵家", "(", "\\", "DTSPP-2019", "*", "[^x]"])
def test_what_names_another_or_nothing_finds_nothing(case, text):
    assert not Application.objects.filter(named(text)).exists()


def test_an_officer_finds_it_on_his_own_list_and_a_supervisor_among_all(case, office, desk):
    for account, path in ((office.olive, ""), (office.sam, "cases/")):
        assert case.reference in desk(account, f"{path}?q=明记面家").content.decode()
        assert case.reference not in desk(account, f"{path}?q=nobody").content.decode()


def test_an_officer_without_a_part_finds_nothing(case, office, desk):
    assert f"desk/case/{case.reference}" not in desk(office.omar, f"?q={case.reference}").content.decode()
