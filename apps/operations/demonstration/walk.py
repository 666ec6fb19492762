"""Walking one case through its life by the real verbs, with the clock set to each step's time."""

import datetime
import io
import uuid

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from apps.accounts import services as accounts
from apps.applications import sections
from apps.applications import services as applications
from apps.applications.models import Application
from apps.applications.services.asking import look_at_questions
from apps.applications.services.offers import look_at_offers
from apps.applications.services.submission import required_documents
from apps.businesses import services as businesses
from apps.businesses.models import Organisation
from apps.businesses.rules import PAPERS_SEEN
from apps.casework import services as casework
from apps.casework.models import Assignment, Recommendation
from apps.casework.services.deciding import act
from apps.casework.services.recommending import reading_hash
from apps.catalogue import services as catalogue
from apps.core import dates
from apps.documents import services as documents
from apps.integrity import services as integrity
from apps.letters.models import Letter
from apps.operations.demonstration.cast import PASSWORD, account
from apps.outbox.services import deliver_all


class Walk:
    """One case. `start` is when its owner enquires; each step moves the clock on by hours."""

    def __init__(self, start, *, owner, organisation, version, options=(), provider_member):
        self.moment, self.owner, self.organisation = start, owner, organisation
        self.version, self.options, self.provider = version, options, provider_member
        self.reference = ""

    def _later(self, hours=20):
        """The next step's time: some hours on, moved out of the night."""
        self.moment += datetime.timedelta(hours=hours)
        here = self.moment.astimezone(dates.HKT)
        if not 9 <= here.hour < 18:
            self.moment += datetime.timedelta(hours=(10 - here.hour) % 24)
        return dates.clock_set_to(min(self.moment, _machine_now()))

    @property
    def case(self):
        return Application.objects.get(reference=self.reference)

    def enquire(self):
        with dates.clock_set_to(self.moment):
            self.enquiry = catalogue.enquire(
                organisation=self.organisation, version=self.version, options=self.options, by=self.owner
            )
            deliver_all()
        return self

    def confirm(self):
        with self._later():
            catalogue.confirm_enquiry(enquiry=self.enquiry, by=self.provider)
            deliver_all()
        return self

    def start(self):
        with self._later(4):
            self.reference = applications.start(enquiry=self.enquiry.reference, by=self.owner).reference
        return self

    def fill(self, upto=None, **changed):
        """Fill in every section, or those before the section `upto`."""
        with self._later(1):
            for section in sections.SECTIONS:
                if section.slug == upto:
                    break
                if section is sections.DOCUMENTS:
                    self._send_papers()
                    continue
                answers = {key: changed.get(key, value) for key, value in self._answers(section).items()}
                applications.save_section(self.reference, slug=section.slug, answers=answers, by=self.owner)
            deliver_all()
        return self

    def _answers(self, section):
        answers = {
            "business": {"sector": self.version.package.sector.code, "operating": "yes", "excluded_body": "no"},
            "staff": {"full_time": 3, "group": "no", "group_full_time": None},
            "owners": {"owners": [{"name": self.owner.person.full_name, "share": 100}]},
            "package": {
                "other_funding": "no",
                "already_paid": "no",
                "purpose": "少排隊，少寫錯單。 Shorter queues and fewer wrong orders.",
            },
            "declarations": {question.key: True for question in sections.DECLARATIONS.questions},
        }[section.slug]
        if self.organisation.legal_form == "hawker":
            answers = {key: value for key, value in answers.items() if key not in ("group", "group_full_time")}
        return answers

    def _send_papers(self):
        for kind in required_documents(self.case):
            documents.receive(self.reference, kind.code, specimen_photo(kind.name_en, self.organisation), by=self.owner)
        deliver_all()

    def submit(self):
        with self._later(1):
            applications.submit(self.reference, received_at=dates.now(), by=self.owner)
            deliver_all()
        return self

    def officer(self, part):
        assignment = Assignment.objects.current().get(application__reference=self.reference, part=part)
        return assignment.person.accounts.get()

    def strike(self, line_code, reason, words_en="", words_zh=""):
        with self._later(30):
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

    def ask(self):
        """About the head-count, and for papers that can be read."""
        papers = next(kind.code for kind in required_documents(self.case))
        with self._later(22):
            officer = self.officer("case_officer")
            casework.put_question(
                self.reference,
                section="staff",
                question="full_time",
                reason="explain",
                words_en="The proof of operation shows six people at the counter.",
                words_zh="營業證明所示，櫃枱有六名員工。",
                by=officer,
            )
            casework.put_question(self.reference, section="documents", question=papers, reason="unreadable", by=officer)
            casework.ask(self.reference, by=officer)
            deliver_all()
        return self

    def answer(self):
        with self._later(50):
            applications.write_words(self.reference, place=1, words="三名是兼職，每星期只做兩天。", by=self.owner)
            kind = required_documents(self.case)[0]
            documents.receive(
                self.reference, kind.code, specimen_photo(f"{kind.name_en}, again", self.organisation), by=self.owner
            )
            deliver_all()
            applications.answer(self.reference, by=self.owner)
            deliver_all()
        return self

    def say_nothing(self):
        """Every day until the case is closed, as the worker's round would."""
        while self.case.state == "asked" and self.moment < _machine_now():
            with self._later(24):
                look_at_questions()
                deliver_all()
        return self

    def prove(self):
        """The owner comes to the counter with the papers, unless she did before."""
        self.organisation.refresh_from_db()
        if not self.organisation.is_proven:
            with self._later(6):
                papers = PAPERS_SEEN[self.organisation.identity.kind]
                businesses.record_seen(self.organisation, owner=self.owner, papers=papers, by=account("hana"))
                deliver_all()
        return self

    def recommend(self, kind="approve", reasons=()):
        if kind == "approve":
            self.prove()
        with self._later(30):
            casework.recommend(
                self.reference,
                kind=kind,
                reasons=reasons,
                seen_sha256=reading_hash(self.case),
                by=self.officer("case_officer"),
            )
            deliver_all()
        return self

    def decide(self, verb="approve", **more):
        """approve, decline or send_back, after signing in again for it."""
        with self._later(26):
            approver = self.officer("approver")
            seen = Recommendation.objects.filter(application=self.case).latest("number").sha256
            kind = {"approve": "approve", "decline": "decline", "send_back": "return"}[verb]
            accounts.confirm_act(account=approver, act=act(self.reference, kind), document_hash=seen, answer=PASSWORD)
            getattr(casework, verb)(self.reference, seen_sha256=seen, by=approver, **more)
            deliver_all()
        return self

    def accept(self):
        with self._later(28):
            letter = Letter.objects.filter(subject=self.reference, kind="offer").latest("pk")
            if not letter.sha256:
                return self  # a machine without the PDF libraries: the letter waits, and so does she
            accounts.confirm_act(
                account=self.owner,
                act=applications.accept_act(self.reference),
                document_hash=letter.sha256,
                answer=PASSWORD,
            )
            applications.accept(
                self.reference, consent="I accept this offer and its conditions.", language="en", by=self.owner
            )
            deliver_all()
        return self

    def withdraw(self):
        with self._later(30):
            applications.withdraw(self.reference, by=self.owner)
            deliver_all()
        return self

    def ask_for_review(self, grounds):
        with self._later(40):
            applications.ask_for_review(self.reference, grounds=grounds, by=self.owner)
            deliver_all()
        return self

    def answer_review(self, kind, answer_en, answer_zh):
        """Both reviewers: one advises, the other decides."""
        review = self.case.review.reference
        if kind == "approve":
            self.prove()
        with self._later(30):
            casework.recommend_review(
                review, kind=kind, answer_en=answer_en, answer_zh=answer_zh, by=self.officer("reviewer")
            )
            deliver_all()
        with self._later(30):
            decider = self.officer("review_decider")
            seen = Recommendation.objects.filter(application=self.case).latest("number").sha256
            accounts.confirm_act(account=decider, act=act(review, kind), document_hash=seen, answer=PASSWORD)
            casework.decide_review(review, kind=kind, seen_sha256=seen, by=decider)
            deliver_all()
        return self

    def report(self, kind, story, *, hours=20, language="en", **named):
        """Somebody says on the public form that something is wrong, with this case unless he names another thing."""
        with self._later(hours):
            integrity.report(
                key=str(uuid.uuid4()),
                kind=kind,
                what_happened=story,
                language=language,
                way_back="6123 4567",
                **(named or {"case_reference": self.reference}),
            )
            deliver_all()
        return self

    def let_lapse(self):
        """Every third day until the offer's days are over, as the worker's round would."""
        while self.case.state == "offered" and self.moment < _machine_now():
            with self._later(72):
                look_at_offers()
                deliver_all()
        return self


def _machine_now():
    return datetime.datetime.now(datetime.UTC)


def specimen_photo(title, organisation: Organisation) -> SimpleUploadedFile:
    """A photo of a paper that nobody could mistake for one: a real JPEG with words on it."""
    picture = Image.new("RGB", (720, 960), "#f4f1e8")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((30, 30, 690, 930), outline="#14202B", width=3)
    for place, line in enumerate(["SPECIMEN", title, organisation.name_en, organisation.reference]):
        pen.text((70, 90 + place * 60), line.encode("ascii", "replace").decode(), fill="#14202B", font_size=30)
    bytes_ = io.BytesIO()
    picture.save(bytes_, "JPEG", quality=60)
    return SimpleUploadedFile("photo.jpg", bytes_.getvalue(), "image/jpeg")
