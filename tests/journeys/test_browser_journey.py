"""From sign-up to the accepted offer in a real browser, in each language, the worker running."""

import datetime

import polib
import pytest
from django.conf import settings
from django.test import override_settings
from django.utils.translation import override, trans_real
from playwright.sync_api import expect

from apps.applications import sections
from apps.applications.models import Application
from apps.applications.services.judging import award_of
from apps.applications.services.submission import required_documents
from apps.core import dates, said
from apps.core.actors import SYSTEM
from apps.documents import contents
from apps.ledger import services as ledger
from apps.operations import invariants
from apps.operations.demonstration import cast
from apps.operations.demonstration.walk import specimen_photo
from apps.programme import services as programme
from tests.accounts.builders import last_code
from tests.builders import businesses
from tests.databases import a_copy_of_the_test_database
from tests.journeys.conftest import settle
from tests.journeys.portal import running
from tests.journeys.visitor import DESK, Journey, Visitor

A_DUMMY = (
    "%(number)s is a number for bodies outside the business register. It shows no business "
    "registration. Enter the 8 digits of a business registration certificate."
)
TOO_LARGE = (
    "With {people} full-time employees the business is too large: the programme is for businesses "
    "with fewer than {below}. Check that part-time staff are not counted."
)
EXE = b"MZ\x90\x00\x03" + bytes(600)


@pytest.fixture(scope="module")
def translated():
    """The catalogues as they stand in the tree, compiled for both processes."""
    for source in settings.LOCALE_PATHS[0].glob("*/LC_MESSAGES/django.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(compiled))
    trans_real._translations.clear()


@pytest.fixture(scope="module")
def portal(migrated_database, django_db_blocker, tmp_path_factory, translated):
    with django_db_blocker.unblock(), a_copy_of_the_test_database():
        town = settle()
        programme.open_demonstration_batch()
        ledger.open_budget(scheme="DTSPP", cents=10_000_000_00, by=SYSTEM)
        state = tmp_path_factory.mktemp("portal")
        with running(state) as program:
            yield program, town
        with override_settings(MEDIA_ROOT=state / "media"):
            assert list(invariants.faults()) == []


@pytest.fixture
def visit(browser, portal):
    journey = Journey()

    def come(language, **more):
        return Visitor(browser, portal[0].home, language, journey, **more)

    yield come
    for context in browser.contexts:
        context.close()
    assert not journey.faults, "\n".join(map(str, journey.faults))


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans"])
def test_from_sign_up_to_the_accepted_offer(visit, portal, language):
    version = portal[1].version
    email = f"owner.{language}@noodles.example"
    owner = visit(language)
    choose_a_package(owner, version)
    sign_up(owner, email)
    number = businesses.next_brn()
    add_a_business(owner, number=number)
    ask_the_provider(owner)
    confirm(visit(language, screen=DESK))
    reference = apply(owner)
    prove(owner, visit(language, screen=DESK), number, reference)
    decide(visit, language, reference)
    accept(owner, email, reference)
    assert Application.objects.get(reference=reference).state == "accepted"


def choose_a_package(owner, version):
    owner.open("").press("Find a package")
    # By its address: the list's order turns with the day, and another package may bear a like name.
    owner.open(f"packages/{version.package_id}/").sees(named(version, owner.language))
    owner.page.get_by_role("checkbox").first.check()
    owner.page.wait_for_url("**/?option=*")  # the sum was updated, and the address with it
    owner.press("Enquire about this package")


def named(thing, language):
    return getattr(thing, f"name_{language.replace('-', '_')}")


def sign_up(owner, email):
    owner.press("Create an account")
    owner.press("Send me a code").refused("Enter your full name")
    owner.type("Your full name", "陳美玲").type("Mobile number or e-mail address", email)
    owner.press("Send me a code")
    owner.type("Code", "12").press("Continue")
    owner.type("Code", last_code(email)).press("Continue")


def add_a_business(owner, number):
    owner.press("Continue").refused("Choose what kind of business it is.")
    owner.choose("What kind of business is it?", "Limited company").press("Continue")
    owner.type("Name of the business in Chinese", "明記麵家 ✓ 邨")
    owner.type("Business registration number", "C0012345")
    end = dates.today() + datetime.timedelta(days=200)
    expiry = "When does the Business Registration Certificate end?"
    owner.type_date(expiry, end.day, end.month, end.year).press("Continue")
    owner.refused(A_DUMMY, number="C0012345")
    assert "明記麵家" in owner.page.get_by_label(owner.said("Name of the business in Chinese")).input_value()
    owner.type("Business registration number", f"{number}-000-01-26-1").press("Continue")
    owner.page.get_by_role("radio").first.check()
    owner.page.get_by_label(owner.said("District")).select_option("SSP")
    owner.type("Street and number, or estate", "北河街88號").press("Save and continue")
    owner.press("Save and continue")


def ask_the_provider(owner):
    owner.press("Send enquiry").sees("Your enquiry was sent to the provider.")


def confirm(pat):
    sign_in(pat, "pat")
    pat.open("provider/enquiries/")
    pat.click(pat.page.locator("main").get_by_role("link", name="ENQ-").first)
    pat.press("Confirm and promise this price")
    pat.refused("Tick the promise to take no deposit before approval, or decline the enquiry")
    pat.tick("We take no deposit and have nothing signed before the programme approves")
    pat.press("Confirm and promise this price")


def sign_in(person, key):
    role = cast.BY_KEY[key]
    person.open("sign-in/")
    person.type("Mobile number or e-mail address", role.email).type("Password", cast.PASSWORD)
    person.press("Continue")


def apply(owner):
    owner.waits_for("Start application").press("Start application")
    owner.press("Start the application")
    reference = Application.objects.latest("pk").reference
    owner.press("Your business and sector")
    choose(owner, "business", operating="Yes", excluded_body="No").press("Save and continue")
    owner.type(wording("staff", "full_time"), "50")
    choose(owner, "staff", group="No").press("Save and continue")
    add_an_owner(owner)
    choose(owner, "package", other_funding="No", already_paid="No")
    owner.type(wording("package", "purpose"), "少排隊，少寫錯單。").press("Save and continue")
    send_papers(owner, reference)
    owner.press("Continue")
    for question in sections.DECLARATIONS.questions:
        owner.tick(str(question.wording))
    owner.press("Save and continue")
    submit(owner)
    return reference


def wording(section, key):
    questions = sections.BY_SLUG[section].questions
    with override("en"):
        return str(next(question.wording for question in questions if question.key == key))


def choose(owner, section, **answers):
    for key, answer in answers.items():
        owner.choose(wording(section, key), answer)
    return owner


def add_an_owner(owner):
    owner.type("Owner’s full name", "陳美玲").type("Share of the business, in percent", "120")
    owner.press("Add this owner").refused("Enter a share from 1 to 100")
    owner.type("Share of the business, in percent", "100").press("Add this owner")
    owner.press("Save and continue")


def send_papers(owner, reference):
    page, case = owner.page, Application.objects.get(reference=reference)
    kinds = required_documents(case)
    for name, content in (("empty.pdf", b""), ("certificate.pdf", EXE)):
        send(owner, kinds[0], name, content)
        owner.refused(contents.MESSAGES["wrong_type" if content else "empty"])
    for kind in kinds:
        photo = specimen_photo(kind.name_en, case.organisation)
        send(owner, kind, "photo.jpg", photo.read())
    ready = page.locator("main").get_by_text(owner.said("Ready"), exact=True)
    expect(ready).to_have_count(len(kinds), timeout=60_000)
    owner.met()


def send(owner, kind, name, content):
    part = owner.page.locator("section", has=owner.page.locator(f"h2#{kind.code}"))
    mime = "image/jpeg" if name.endswith("jpg") else "application/pdf"
    part.locator("input[type=file]").set_input_files({"name": name, "mimeType": mime, "buffer": content})
    owner.click(part.get_by_role("button", name=owner.said("Send files"), exact=True))


def submit(owner):
    """With 50 employees a calm page says why not; corrected, the application goes."""
    owner.press("Check your answers").press("Submit application")
    owner.sees("The application was not submitted").sees(TOO_LARGE, people=50, below=50)
    owner.press("Check your answers")
    rows = owner.page.locator(".govuk-summary-list__row")
    row = rows.filter(has_text=owner.said(wording("staff", "full_time")))
    owner.click(row.get_by_role("link"))
    owner.type(wording("staff", "full_time"), "３").press("Save and continue")
    owner.press("Submit application").sees("Application received")
    owner.press("See where the case stands").sees("our target for a decision is")


def prove(owner, hana, number, reference):
    """She reads what is hers to do meanwhile, and comes to the counter with her papers."""
    owner.press("Type in the code of our letter").sees("If no letter comes")
    sign_in(hana, "hana")
    hana.open("desk/codes/").sees("Letters with codes").press("Look a number up")
    hana.type("BR number or hawker licence", number).press("Look up")
    hana.click(hana.page.get_by_role("link", name=hana.said("Record that you saw the owner")))
    hana.press("Record that I saw this owner").refused("Choose who stood before you")
    hana.page.get_by_role("radio").first.check()
    hana.tick("An identity document with this owner’s name and face")
    hana.tick("The Business Registration Certificate, the paper itself, in force")
    hana.press("Record that I saw this owner").sees(
        "The business is proven. It stands in its history that you saw the owner."
    )
    owner.open(f"cases/{reference}/").sees("our target for a decision is")


def decide(visit, language, reference):
    """The cast's one case officer and one approver are the only candidates of their draws."""
    olive = open_case(visit(language, screen=DESK), "olive", reference)
    total = money(Application.objects.get(reference=reference), language)
    olive.press("Recommend %(sum)s", sum=total).press("Recommend %(sum)s", sum=total)
    omar = open_case(visit(language, screen=DESK), "omar", reference)
    omar.press("Approve %(sum)s", sum=total).press("Approve %(sum)s", sum=total)
    omar.refused("Confirm that it is you")
    omar.type("Your password, to confirm that it is you", cast.PASSWORD)
    omar.press("Approve %(sum)s", sum=total).sees("Approved. The letter is being made.")


def money(application, language):
    with override(language):
        return said.money(award_of(application).grant_cents, "cents")


def open_case(officer, key, reference):
    """Signed in, on the work list, until the lot has been drawn; then into the case."""
    sign_in(officer, key)
    officer.waits_for(reference).press(reference)
    return officer


def accept(owner, email, reference):
    owner.waits_for("See the offer and accept").press("See the offer and accept")
    owner.waits_for("Accept the offer")
    owner.press("Read the letter with its conditions").page.go_back()
    owner.met().press("Accept the offer")
    owner.refused("Tick this sentence to accept. To refuse the offer, withdraw instead.")
    owner.page.get_by_role("checkbox").check()
    owner.press("Send me a code")
    owner.type("Code to confirm that it is you", last_code(email)).press("Accept the offer")
    owner.sees("You accepted the offer. The money is set aside for you.")
