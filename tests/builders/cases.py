"""Whole cases for tests, walked by the real verbs: from an enquiry to wherever a test wants one.

A demonstration's open batch and a budget must be there (`programme_stands`).
Lots are drawn by the verb that the announcement would call, so that no letter is made on the way.
"""

import datetime
import itertools
from dataclasses import dataclass, field

from apps.accounts import services as accounts
from apps.accounts.models import Account
from apps.applications import sections
from apps.applications import services as applications
from apps.applications.models import Application
from apps.applications.services.asking import look_at_questions
from apps.applications.services.offers import look_at_offers
from apps.applications.services.submission import required_documents
from apps.casework import services as casework
from apps.casework.models import Assignment, Recommendation
from apps.casework.services.deciding import act
from apps.casework.services.recommending import reading_hash
from apps.core import dates
from apps.core.actors import SYSTEM
from apps.core.models import Demonstration
from apps.letters.models import Letter
from apps.outbox.services import deliver_all
from apps.programme import services as programme
from tests.accounts.builders import PASSWORD
from tests.builders import businesses, catalogue, documents

PLENTY = 100_000_000_00
_colours = itertools.cycle([(red, 40, blue) for red in range(0, 250, 5) for blue in range(0, 250, 5)])


def programme_stands(cents=PLENTY):
    """A demonstration with its open batch, and a budget of so many cents."""
    from apps.ledger import services as ledger

    Demonstration.objects.get_or_create(pk=1, defaults={"created_at": dates.now()})
    programme.open_demonstration_batch()
    ledger.open_budget(scheme="DTSPP", cents=cents, by=SYSTEM)


@dataclass
class Case:
    """One case on its way; every step returns it."""

    owner: Account
    organisation: object
    confirmation: object
    reference: str = ""
    deciders: dict = field(default_factory=dict)

    @property
    def row(self) -> Application:
        return Application.objects.for_page().get(reference=self.reference)

    def officer(self, part) -> Account:
        """The account of whoever has this part now."""
        person = Assignment.objects.current().get(application__reference=self.reference, part=part).person
        return Account.objects.with_standing().get(person=person)

    def filled(self, **changed):
        for section in sections.SECTIONS:
            if section is not sections.DOCUMENTS:
                given = {**answers(section, self.owner), **changed}
                keys = {question.key for question in section.questions}
                applications.save_section(
                    self.reference,
                    slug=section.slug,
                    by=self.owner,
                    answers={key: value for key, value in given.items() if key in keys},
                )
        for kind in required_documents(self.row):
            documents.document(
                self.reference,
                kind.code,
                name="paper.jpg",
                by=self.owner,
                content=documents.picture(colour=next(_colours)),
            )
        return self

    def submitted(self):
        applications.submit(self.reference, received_at=dates.now(), by=self.owner)
        return self

    def allotted(self):
        casework.allot(self.reference)
        return self

    def strike(self, line_code, reason="rent", words_en="", words_zh=""):
        casework.judge_line(
            self.reference,
            line_code=line_code,
            struck=True,
            reason=reason,
            words_en=words_en,
            words_zh=words_zh,
            by=self.officer("case_officer"),
        )
        return self

    def asked(self):
        """About the staff and for a certificate that can be read."""
        officer = self.officer("case_officer")
        casework.put_question(
            self.reference, section="staff", question="full_time", reason="figures-differ", by=officer
        )
        casework.put_question(
            self.reference, section="documents", question="br-certificate", reason="unreadable", by=officer
        )
        casework.ask(self.reference, by=officer)
        return self

    def answered_in_words(self):
        for place in (1, 2):
            applications.write_words(self.reference, place=place, words="證書已遺失，正在補領。", by=self.owner)
        return self

    def answered(self):
        self.answered_in_words()
        applications.answer(self.reference, by=self.owner)
        return self

    def closed_for_silence(self):
        """Day after day, with both warnings sent, until the days for answering are over."""
        start = dates.now()
        for days in range(1, 90):
            with dates.clock_set_to(start + datetime.timedelta(days=days)):
                deliver_all()
                look_at_questions()
                deliver_all()
            if self.row.state == "closed":
                return self
        raise AssertionError("it was never closed")

    def proven(self):
        """The owner comes to the counter with the papers, unless she did before."""
        self.organisation.refresh_from_db()
        if not self.organisation.is_proven:
            businesses.proven(self.organisation, self.owner)
        return self

    def recommended(self, kind="approve", reasons=()):
        """Approval needs a proven business, so the owner proves it first."""
        if kind == "approve":
            self.proven()
        reasons = reasons or ([("other-sector", "", "")] if kind == "decline" else ())
        casework.recommend(
            self.reference,
            kind=kind,
            reasons=reasons,
            seen_sha256=reading_hash(self.row),
            by=self.officer("case_officer"),
        )
        casework.allot(self.reference)
        return self

    @property
    def advice(self) -> Recommendation:
        return Recommendation.objects.filter(application__reference=self.reference).latest("number")

    def confirm_act(self, account, kind, reference=None):
        accounts.confirm_act(
            account=account,
            act=act(reference or self.reference, kind),
            document_hash=self.advice.sha256,
            answer=PASSWORD,
        )

    def approved(self):
        approver = self.officer("approver")
        self.confirm_act(approver, "approve")
        casework.approve(self.reference, seen_sha256=self.advice.sha256, by=approver)
        return self

    def declined(self):
        approver = self.officer("approver")
        self.confirm_act(approver, "decline")
        casework.decline(self.reference, seen_sha256=self.advice.sha256, by=approver)
        return self

    def returned(self, words="Look at the second line again."):
        approver = self.officer("approver")
        self.confirm_act(approver, "return")
        casework.send_back(self.reference, seen_sha256=self.advice.sha256, words=words, by=approver)
        return self

    def confirm_acceptance(self):
        letter = Letter.objects.filter(subject=self.reference, kind="offer").latest("pk")
        accounts.confirm_act(
            account=self.owner,
            act=applications.accept_act(self.reference),
            document_hash=letter.sha256,
            answer=PASSWORD,
        )

    def accepted(self):
        """Its letter is made first: there is nothing to accept without one."""
        deliver_all()
        self.confirm_acceptance()
        applications.accept(self.reference, consent="I accept.", language="en", by=self.owner)
        return self

    def lapsed(self):
        """Day after day, with both reminders sent, until the offer's days are over."""
        deliver_all()
        start = dates.now()
        for days in range(1, 90):
            with dates.clock_set_to(start + datetime.timedelta(days=days)):
                look_at_offers()
                deliver_all()
            if self.row.state == "lapsed":
                return self
        raise AssertionError("the offer never lapsed")

    def withdrawn(self):
        applications.withdraw(self.reference, by=self.owner)
        return self

    def review_asked(self, grounds="We have always been in retail."):
        applications.ask_for_review(self.reference, grounds=grounds, by=self.owner)
        return self

    @property
    def review(self):
        return self.row.review

    def review_allotted(self):
        casework.allot_review(self.review.reference)
        return self

    def review_recommended(self, kind="approve"):
        casework.recommend_review(
            self.review.reference,
            kind=kind,
            answer_en="We looked again.",
            answer_zh="我們已再次審視。",
            by=self.officer("reviewer"),
        )
        casework.allot_review(self.review.reference)
        return self

    def held(self):
        """A hold stands on the case; who opened it, and why, would stand elsewhere."""
        applications.open_hold(self.reference, by=SYSTEM)
        return self

    def released(self):
        """Its holds end, one after the other."""
        for hold in self.row.holds.open():
            applications.close_hold(hold.number, by=SYSTEM)
        return self


def answers(section, owner):
    return {
        "business": {"sector": "food-and-beverage", "operating": "yes", "excluded_body": "no"},
        "staff": {"full_time": 3, "group": "no", "group_full_time": None},
        "owners": {"owners": [{"name": owner.person.full_name, "share": 100}]},
        "package": {"other_funding": "no", "already_paid": "no", "purpose": "Shorter queues. 少排隊。"},
        "declarations": {question.key: True for question in sections.DECLARATIONS.questions},
    }[section.slug]


def draft(owner=None, *, version=None, options=(), organisation=None) -> Case:
    """A draft of a fresh business, unless given, for a package with these options."""
    from tests.accounts.builders import applicant

    owner = owner or applicant("Alice Chan")
    if not owner.has_usable_password():
        owner.set_password(PASSWORD)
        owner.save(update_fields=["password"])
    organisation = organisation or businesses.business(owner)
    confirmation = catalogue.confirmation(organisation=organisation, by=None, version=version, options=options)
    case = Case(owner, organisation, confirmation)
    case.reference = applications.start(enquiry=confirmation.enquiry.reference, by=owner).reference
    return case
