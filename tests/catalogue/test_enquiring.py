import pytest

from apps.accounts.models import Duty
from apps.audit.models import Event
from apps.businesses import services as businesses_services
from apps.catalogue import services, workflow
from apps.catalogue.models import Enquiry
from apps.core.errors import NotAllowed, RuleBroken, WrongState
from apps.outbox.models import Announcement, Message
from tests.accounts.builders import applicant, officer
from tests.builders import businesses, catalogue


def test_an_owner_asks_and_the_provider_has_the_pen(alice, noodles, version):
    option = version.options.first()
    asked = services.enquire(organisation=noodles, version=version, options=[option], message="Two tills", by=alice)
    assert (asked.state, asked.pen) == ("open", "provider")
    assert asked.due_on is not None
    assert list(asked.options.all()) == [option]
    assert Event.objects.of(asked.reference).get().facts["version"] == version.pk
    assert Announcement.objects.get(reference=asked.reference).topic == "enquiry:opened"
    assert Duty.objects.of(asked.reference).get().part == "applicant"


def test_both_sides_are_told_in_their_language_and_without_names(alice, noodles, version):
    asked = catalogue.enquiry(version=version, organisation=noodles, by=alice, message="secret words")
    provider_side, applicant_side = Message.objects.filter(about=asked.reference).order_by("pk")
    assert provider_side.language == "zh-hant"
    assert "廚房至收銀銷售點系統" in provider_side.text
    assert asked.reference in provider_side.subject
    assert "Pay nothing and sign nothing yet" in applicant_side.text
    for message in (provider_side, applicant_side):
        assert "Harbour Noodle" not in message.text
        assert "secret words" not in message.text


def test_the_same_question_twice_is_one_enquiry(alice, noodles, version):
    first = catalogue.enquiry(version=version, organisation=noodles, by=alice)
    assert catalogue.enquiry(version=version, organisation=noodles, by=alice) == first
    with pytest.raises(RuleBroken) as refusal:
        catalogue.enquiry(version=version, organisation=noodles, by=alice, options=version.options.all())
    assert refusal.value.code == "already_open"
    assert refusal.value.facts["reference"] == first.reference


def test_a_stranger_cannot_ask_for_the_business(mallory, noodles, version):
    with pytest.raises(NotAllowed):
        catalogue.enquiry(version=version, organisation=noodles, by=mallory)
    assert not Enquiry.objects.exists()


def test_nobody_stands_on_both_sides(alice, pat, noodles, version):
    businesses_services.add_member(by=alice, organisation=noodles, account=pat, role="preparer")
    with pytest.raises(NotAllowed) as refusal:
        catalogue.enquiry(version=version, organisation=noodles, by=pat)
    assert refusal.value.code == "both_sides"
    asked = catalogue.enquiry(version=version, organisation=noodles, by=alice)
    with pytest.raises(NotAllowed) as refusal:
        services.confirm_enquiry(enquiry=asked, by=pat)
    assert refusal.value.code == "both_sides"


def test_a_firm_cannot_buy_from_itself(alice, pat):
    brn = businesses.next_brn()
    own = catalogue.package(catalogue.provider(pat, brn=brn))
    with pytest.raises(RuleBroken) as refusal:
        catalogue.enquiry(version=own, organisation=businesses.business(alice, brn=brn), by=alice)
    assert refusal.value.code == "same_business"


def test_options_of_another_package_are_refused(alice, noodles, version):
    other = catalogue.package()
    with pytest.raises(RuleBroken) as refusal:
        catalogue.enquiry(version=version, organisation=noodles, by=alice, options=other.options.all())
    assert refusal.value.code == "unknown_option"


def test_a_suspended_provider_gets_no_new_enquiry_and_promises_nothing(alice, pat, noodles, version):
    open_one = catalogue.enquiry(version=version, organisation=noodles, by=alice)
    services.suspend_provider(
        provider=version.package.provider, reason="complaints", by=officer("Sam Ko", "supervisor")
    )
    with pytest.raises(RuleBroken) as refusal:
        catalogue.enquiry(version=version)
    assert refusal.value.code == "suspended"
    with pytest.raises(RuleBroken):
        services.confirm_enquiry(enquiry=open_one, by=pat)
    services.reinstate_provider(provider=version.package.provider, reason="cleared", by=officer("Sam Ko", "supervisor"))
    assert catalogue.enquiry(version=version).state == "open"


def test_only_a_supervisor_or_administrator_suspends(alice, version):
    with pytest.raises(NotAllowed):
        services.suspend_provider(provider=version.package.provider, reason="rival", by=alice)


def test_a_withdrawn_package_cannot_be_asked_for(alice, noodles, version):
    from apps.core.actors import SYSTEM

    services.withdraw_package(version=version, by=SYSTEM)
    with pytest.raises(RuleBroken) as refusal:
        catalogue.enquiry(version=version, organisation=noodles, by=alice)
    assert refusal.value.code == "not_listed"


@pytest.mark.parametrize("state", workflow.STATES)
@pytest.mark.parametrize("verb", ["confirm", "decline", "withdraw", "lapse"])
def test_every_verb_in_every_state_does_what_the_table_says(state, verb, alice, pat, noodles, version):
    asked = _in_state(state, noodles, version, alice, pat)
    acts = {
        "confirm": lambda: services.confirm_enquiry(enquiry=asked, by=pat),
        "decline": lambda: services.decline_enquiry(enquiry=asked, reason="No stock", by=pat),
        "withdraw": lambda: services.withdraw_enquiry(enquiry=asked, by=alice),
        "lapse": lambda: services.lapse_enquiry(enquiry=asked),
    }
    if (verb, state) == ("lapse", "confirmed"):
        assert workflow.may(verb, state)  # but only once its days are over: test_promising
    elif workflow.may(verb, state) or (verb, state) == ("confirm", "confirmed"):
        acts[verb]()
        asked.refresh_from_db()
        assert asked.state == workflow.BY_VERB[verb].target
        assert asked.pen == workflow.PEN[asked.state]
    else:
        with pytest.raises(WrongState):
            acts[verb]()
        asked.refresh_from_db()
        assert asked.state == state


def _in_state(state, noodles, version, alice, pat):
    from datetime import timedelta

    from apps.core import dates

    asked = catalogue.enquiry(version=version, organisation=noodles, by=alice)
    if state in ("confirmed", "lapsed"):
        services.confirm_enquiry(enquiry=asked, by=pat)
    if state == "lapsed":
        with dates.clock_set_to(dates.now() + timedelta(days=40)):
            assert services.lapse_enquiries() == 1
    if state == "declined":
        services.decline_enquiry(enquiry=asked, reason="No stock", by=pat)
    if state == "withdrawn":
        services.withdraw_enquiry(enquiry=asked, by=alice)
    return Enquiry.objects.get(pk=asked.pk)


def test_another_provider_cannot_answer(max_, version):
    asked = catalogue.enquiry(version=version)
    catalogue.provider(max_)
    for act in (services.confirm_enquiry, lambda **k: services.decline_enquiry(reason="x", **k)):
        with pytest.raises(NotAllowed):
            act(enquiry=asked, by=max_)
    asked.refresh_from_db()
    assert asked.state == "open"


def test_declining_needs_words(pat, version):
    asked = catalogue.enquiry(version=version)
    with pytest.raises(RuleBroken) as refusal:
        services.decline_enquiry(enquiry=asked, reason="  ", by=pat)
    assert refusal.value.field == "reason"
    services.decline_enquiry(enquiry=asked, reason="We have no tablets until May.", by=pat)
    told = Message.objects.get(key__contains=":declined:")
    assert "tablets" not in told.text


def test_an_outsider_by_another_account_of_the_same_person_cannot_answer(alice, pat, noodles, version):
    """Who asked cannot answer, whatever account she uses."""
    from apps.accounts.models import Account

    asked = catalogue.enquiry(version=version, organisation=noodles, by=alice)
    second = applicant("Alice Chan")
    Account.objects.filter(pk=second.pk).update(person=alice.person)
    second.refresh_from_db()
    businesses_services.add_member(
        by=pat,
        organisation=version.package.provider.organisation,
        account=second,
        role="provider_replier",
    )
    with pytest.raises(NotAllowed) as refusal:
        services.confirm_enquiry(enquiry=asked, by=second)
    assert refusal.value.code == "other_part"
