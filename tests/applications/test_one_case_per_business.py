"""One case per registration from the moment a claimant has proven it or holds an approval."""

import pytest

from apps.applications import services, workflow
from apps.applications.models import Application
from apps.core import dates
from apps.core.errors import RuleBroken
from apps.programme.models import Batch, Sector
from tests.accounts.builders import applicant
from tests.builders import businesses, cases

pytestmark = pytest.mark.django_db


def claimed(brn, name):
    owner = applicant(name)
    return cases.draft(owner, organisation=businesses.business(owner, brn=brn)).filled()


@pytest.fixture
def rivals(programme_there):
    """Two claimants of one registration, each with a draft."""
    brn = businesses.next_brn()
    return claimed(brn, "Alice Chan"), claimed(brn, "Bill Chan")


def prove(case):
    return case.proven()


def refusal(case):
    with pytest.raises(RuleBroken) as refused:
        case.submitted()
    assert case.row.state == workflow.DRAFT
    return refused.value


def test_before_anybody_proved_it_each_claimant_has_a_case(rivals):
    for case in rivals:
        assert case.submitted().row.state == workflow.SUBMITTED


def test_from_a_proof_on_others_wait_for_who_proved_it(rivals):
    prove(rivals[0]).submitted()
    refused = refusal(rivals[1])
    assert refused.code == "business_has_case"
    assert rivals[0].reference not in str(refused.message)
    rivals[0].withdrawn()
    assert rivals[1].submitted().row.receipt_number


def test_who_proved_it_waits_for_nobody_else(rivals):
    rivals[0].submitted()
    prove(rivals[1])
    assert rivals[1].submitted().row.receipt_number


@pytest.mark.parametrize("state", [workflow.WAITING, workflow.OFFERED])
def test_from_an_approval_on_there_is_one_though_it_waits_for_funds(rivals, state):
    first, second = rivals
    first.submitted()
    for step in (workflow.ASSESSING, workflow.DECIDING, state):
        Application.objects.filter(reference=first.reference).update(state=step)
    assert refusal(second).code == "business_has_award"


def test_another_registration_is_not_concerned(rivals, programme_there):
    prove(rivals[0].submitted())
    other = claimed(businesses.next_brn(), "Carol Chan")
    assert other.submitted().row.receipt_number


def test_the_batch_is_asked_with_the_sector_of_the_business(rivals):
    """A batch for food and beverage takes no shop, though the package was listed for restaurants."""
    Batch.objects.filter(demonstration=True).get().sectors.set(Sector.objects.filter(code="food-and-beverage"))
    shop, restaurant = rivals
    shop.filled(sector="retail")
    assert shop.row.version.package.sector.code == "food-and-beverage"
    assert refusal(shop).code == "batch_closed"
    assert restaurant.submitted().row.sector.code == "food-and-beverage"


def test_a_package_listed_for_another_sector_is_no_bar(rivals):
    Batch.objects.filter(demonstration=True).get().sectors.set(Sector.objects.filter(code="retail"))
    case = rivals[0].filled(sector="retail")
    taken = services.submit(case.reference, by=case.owner, received_at=dates.now())
    assert taken.sector.code == "retail"
