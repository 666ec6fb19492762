"""Holding cases outside their line: opened by a report or a supervisor, closed by a supervisor.

The case, its chain and its officers learn that it is being checked, and until when; nothing
here is told to them. Locks are taken in one order: the case, then its hold.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts import services as accounts
from apps.accounts.models import Duty
from apps.accounts.permissions import require_role
from apps.applications import services as applications
from apps.applications import workflow
from apps.applications.models import Application
from apps.applications.services.moving import locked
from apps.audit import services as audit
from apps.audit.models import Chain
from apps.businesses import services as businesses
from apps.businesses.models import Organisation
from apps.core import dates
from apps.core.actors import SYSTEM
from apps.core.errors import NotAllowed, RuleBroken, WrongState
from apps.integrity import contents
from apps.integrity.models import Concern, HoldFile, Match, NextWord, SetAside, Verdict
from apps.integrity.permissions import RECORDER, SUPERVISOR, files_for, require_outside
from apps.integrity.services.finding import cases_named, numbers_of


@transaction.atomic
def hold_named_cases(reference) -> int:
    """Hold what a report names, where it holds at once; returns how many cases. Safe to repeat.

    A case whose hold a supervisor closed before is not held again by itself: whoever reports
    it anew is read by a person first.
    """
    concern = Concern.objects.get(reference=reference)
    if not concern.holds_at_once:
        return 0
    cases = [locked(case.reference) for case in cases_named(concern)]
    _lock(concern)
    if not Concern.objects.waiting().filter(pk=concern.pk).exists():
        return 0
    return sum(_held_by_itself(case, concern) for case in cases)


def _lock(concern):
    """By the row of its history: a report is only ever added to, and such rows cannot be locked."""
    Chain.objects.select_for_update().get(pk=concern.reference)


@transaction.atomic
def hold_if_reported(reference) -> int:
    """A case was submitted: reports that named it before, and wait, hold it now. Safe to repeat."""
    case = Application.objects.get(reference=reference)
    kind, _colon, value = case.identity_key.partition(":")
    licence = case.organisation.licence
    waiting = Concern.objects.waiting().filter(holds_at_once=True)
    by_number = (
        waiting.filter(brn=value if kind == "brn" else "-")
        | waiting.filter(licence__in={value if kind == "licence" else "-", licence.value if licence else "-"})
        | waiting.filter(case_reference=reference)
    )
    return sum(hold_named_cases(one.reference) for one in by_number.order_by("pk") if numbers_of(one))


@transaction.atomic
def hold_other_claims(organisation_reference) -> int:
    """Somebody proved a business: what others filed under its number is held for a look. Safe to repeat."""
    proven = Organisation.objects.get(reference=organisation_reference)
    cases = Application.objects.filter(organisation__identity=proven.identity_id, state__in=workflow.LIVE)
    return sum(hold_if_another_proved(case.reference) for case in cases.order_by("reference"))


@transaction.atomic
def hold_if_another_proved(reference) -> int:
    """Hold a live case whose number somebody else has proven, once in its life. Safe to repeat."""
    case = locked(reference)
    if case.receipt_number is None or case.state not in workflow.LIVE:
        return 0
    holder = businesses.holder_of(case.organisation)
    owns = case.organisation.members("owner").filter(account__person=holder).exists()
    files = HoldFile.objects.filter(hold__application=case, kind=contents.ANOTHER_PROVED)
    if holder is None or owns or files.exists():
        return 0
    hold = applications.open_hold(reference, by=SYSTEM)
    HoldFile.objects.create(hold=hold, kind=contents.ANOTHER_PROVED, opened_by=None, opened_at=hold.since)
    audit.record(hold.number, "hold:another_proved", by=SYSTEM)
    return 1


def _held_by_itself(application, concern):
    files = HoldFile.objects.filter(hold__application=application)
    if application.state not in workflow.LIVE or files.exclude(verdict=None).exists():
        return False
    looked_into = Duty.objects.filter(person=concern.recorded_by, part=SUPERVISOR).values("subject")
    same = files.open().filter(kind=concern.kind, opened_by=None).exclude(hold__number__in=looked_into)
    _put(application, concern, same.first(), by=SYSTEM)
    return True


def _put(application, concern, file, *, by):
    """The report into this file, or into a new one, whose hold begins now."""
    if file is None:
        hold = applications.open_hold(application.reference, by=by)
        file = HoldFile.objects.create(hold=hold, kind=concern.kind, opened_by=by.person, opened_at=hold.since)
    Match.objects.create(concern=concern, file=file, by=by.person, at=dates.now())
    if concern.recorded_by:
        accounts.assume_duty(file.hold.number, concern.recorded_by, RECORDER)
    audit.record(file.hold.number, "hold:concern", by=by, concern=concern.reference)
    audit.record(concern.reference, "concern:matched", by=by, hold=file.hold.number)
    return file


@transaction.atomic
def match(reference, *, case_reference, by) -> HoldFile:
    """A supervisor finds the case that a report means, and holds it.

    Raises NotAllowed("role_needed" | "in_the_line" | "own_report"), RuleBroken("no_case"),
    WrongState("ended" | "matched").
    """
    application = Application.objects.for_page().filter(reference=case_reference).first()
    if application is None:
        raise RuleBroken(_("No case has this reference. Compare it."), "no_case", field="case_reference")
    locked(case_reference)
    concern = Concern.objects.get(reference=reference)
    _lock(concern)
    _require_reader(concern, by)
    require_outside(by.person, application)
    if concern.matches.filter(file__hold__application=application).exists():
        raise WrongState(_("This report holds that case already."), "matched")
    file = _put(application, concern, None, by=by)
    accounts.assume_duty(file.hold.number, by.person, SUPERVISOR)
    return file


@transaction.atomic
def set_aside(reference, *, reasons, by) -> SetAside:
    """A supervisor puts a report by that names no case, or nothing to look into. Twice is once."""
    concern = Concern.objects.get(reference=reference)
    _lock(concern)
    _require_reader(concern, by)
    known = SetAside.objects.filter(concern=concern).first()
    if known:
        return known
    if concern.matches.exists():
        raise WrongState(_("This report holds a case. Close the hold instead."), "matched")
    audit.record(reference, "concern:set_aside", by=by)
    return SetAside.objects.create(concern=concern, by=by.person, reasons=reasons, at=dates.now())


def _require_reader(concern, by):
    require_role(by, SUPERVISOR)
    if concern.recorded_by_id == by.person_id:
        raise NotAllowed(_("You took this report down. Another supervisor must look into it."), "own_report")


@transaction.atomic
def set_next_word(number, *, day, reasons, by) -> HoldFile:
    """Give the applicant another day for the next word. As `close` refuses, and RuleBroken("next_word")."""
    file = _locked_file(number, by)
    applications.set_next_word(number, day=day, by=by)
    NextWord.objects.create(file=file, day=day, reasons=reasons, by=by.person, at=dates.now())
    return file


@transaction.atomic
def close(number, *, verdict, reasons, by) -> Verdict:
    """End a hold with a verdict. Nothing here declines a case: what is borne out stays held until its own line has.

    Raises NotAllowed("role_needed" | "in_the_line" | "other_part"), RuleBroken("verdict" |
    "not_ended"), WrongState("closed").
    """
    file = _locked_file(number, by)
    _require_verdict(verdict, file.hold.application)
    applications.close_hold(number, by=by)
    duty = accounts.assume_duty(number, by.person, SUPERVISOR)
    audit.record(number, "hold:verdict", by=by, verdict=verdict)
    return Verdict.objects.create(file=file, kind=verdict, reasons=reasons, duty=duty, at=dates.now())


def _require_verdict(verdict, application):
    if verdict not in contents.VERDICTS:
        raise RuleBroken(_("Choose how the check ended."), "verdict", field="verdict")
    if verdict == contents.BORNE_OUT and application.state not in workflow.ENDED:
        raise RuleBroken(
            _("The case has not ended. Until its own line has declined it, or the owner withdraws, keep it held."),
            "not_ended",
            field="verdict",
        )


def _locked_file(number, by):
    """The file under its case's lock, for a supervisor who stands outside the case at this moment."""
    file = HoldFile.objects.select_related("hold__application").get(hold__number=number)
    file.hold.application = locked(file.hold.application.reference)
    require_role(by, SUPERVISOR)
    if not files_for(by.person_id).filter(pk=file.pk).exists():
        raise NotAllowed(_("You have a part in this case. A supervisor outside of it must do this."), "in_the_line")
    accounts.assume_duty(number, by.person, SUPERVISOR)
    return file


@transaction.atomic
def read(subject, *, by) -> None:
    """Somebody opened a file or a report: written into its history."""
    audit.record(subject, "file:read", by=by)
