"""The offer: made with the approval, counted from its letter, accepted or lapsed."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts import services as accounts
from apps.applications import workflow
from apps.applications.models import Acceptance, Application, Offer
from apps.applications.models import offer as states
from apps.applications.permissions import OWNER, require_member
from apps.applications.services import clocks
from apps.applications.services.lettering import working_by, write_lapse, write_offer
from apps.applications.services.moving import locked, move, require_move
from apps.applications.services.telling import tell_owners
from apps.audit import services as audit
from apps.core import dates
from apps.core.actors import SYSTEM
from apps.core.errors import RuleBroken
from apps.core.said import date_words
from apps.ledger import services as ledger
from apps.letters.models import Letter
from apps.programme import calendar
from apps.programme import services as programme


def make_offer(application, outcome, *, by) -> Offer:
    """An open offer and its letter, in the deciding verb's transaction."""
    today = dates.today()
    terms = programme.terms_named(application.terms)
    offer = Offer.objects.create(
        outcome=outcome,
        application=application,
        made_at=dates.now(),
        printed_accept_by=calendar.add_working_days(today, terms.offer_working_days),
    )
    write_offer(application, outcome, offer, by=by)
    return offer


@transaction.atomic
def letter_issued(reference, *, number, outcome_number, issued_at):
    """The letter exists now: announce it to the owners. Safe to repeat; letters of others are not ours."""
    if not Application.objects.filter(reference=reference).exists():
        return
    application = locked(reference)
    offer = (
        Offer.objects.select_for_update(of=("self",))
        .filter(application=application, outcome__number=outcome_number, state=states.OPEN, letter_issued_at=None)
        .first()
    )
    if offer is None:
        return
    offer.letter_issued_at = datetime.datetime.fromisoformat(issued_at)
    offer.save(update_fields=["letter_issued_at"])
    tell_owners(
        application,
        "offer",
        key=f"{reference}:offer:{outcome_number}",
        cents=offer.outcome.grant_cents,
        day=offer.printed_accept_by,
        letter=number,
    )


def starts_days(key) -> bool:
    """Whether a message of this key announces an offer or reminds of one."""
    parts = key.split(":")
    return len(parts) >= 3 and parts[1] in ("offer", "reminder")


@transaction.atomic
def announced(reference, *, key, at=None):
    """A message about the case was handed over at the instant `at`, or now: an announcement starts the days."""
    parts = key.split(":")
    if not starts_days(key) or parts[0] != reference:
        return
    application = locked(reference)
    number, _hyphen, round_ = parts[2].partition("-")
    offer = (
        Offer.objects.select_for_update(of=("self",))
        .filter(application=application, outcome__number=int(number), round=int(round_ or 0), state=states.OPEN)
        .first()
    )
    if offer is None:
        return
    if parts[1] == "offer":
        _start_days(application, offer)
    else:
        _count_reminder(application, offer, int(parts[3]), dates.hong_kong_day(at or dates.now()))


def _key(offer, what, *more):
    """What names a message about an offer; from its second round on it names the round too."""
    number = f"{offer.outcome.number}-{offer.round}" if offer.round else str(offer.outcome.number)
    return ":".join([offer.application.reference, what, number, *more])


def _start_days(application, offer):
    if offer.issued_on or not offer.letter_issued_at:
        return
    _count_from(application, offer, dates.hong_kong_day(max(dates.now(), offer.letter_issued_at)), by=SYSTEM)


def _count_from(application, offer, day, *, by, **facts):
    """The owner has been told: her working days count from `day`, never to before the printed date."""
    offer.announced_at, offer.issued_on, offer.with_supervisor_since = dates.now(), day, None
    offer.accept_by = max(offer.printed_accept_by, calendar.add_working_days(day, _days(application)))
    if offer.stopped_on:
        offer.stopped_on = max(offer.stopped_on, day)
    offer.save(update_fields=["announced_at", "issued_on", "accept_by", "with_supervisor_since", "stopped_on"])
    _due(application, offer.accept_by)
    audit.record(application.reference, "offer:announced", by=by, accept_by=offer.accept_by.isoformat(), **facts)


def _days(application):
    return programme.terms_named(application.terms).offer_working_days


def announce_again(application, *, handed_on=None, by) -> Offer:
    """Give an owner who was not reached her days anew; only the supervisor's verb calls this.

    They count from the hand-over of a new message to the contacts she has now, or from
    `handed_on`, the day on which the letter was given to her on paper. Until then the offer
    stays with the supervisor. Raises WrongState, RuleBroken("reached" | "letter_waits" | "handed_on").
    """
    require_move(application, "announce_again")
    offer = (
        Offer.objects.select_for_update(of=("self",))
        .select_related("outcome")
        .get(application=application, state=states.OPEN)
    )
    _require_unreached(offer, handed_on)
    offer.application = application
    offer.round, offer.announced_again_at = offer.round + 1, dates.now()
    offer.announced_at = offer.issued_on = offer.accept_by = None
    offer.reminders_sent, offer.reminders_handed_over, offer.reminded_on = 0, 0, None
    offer.save(
        update_fields=[
            "round",
            "announced_again_at",
            "announced_at",
            "issued_on",
            "accept_by",
            "reminders_sent",
            "reminders_handed_over",
            "reminded_on",
        ]
    )
    move(application, "announce_again", by=by, round=offer.round, on_paper=bool(handed_on))
    if handed_on:
        _count_from(application, offer, handed_on, by=by, on_paper=True)
    else:
        tell_owners(
            application,
            "offer",
            key=_key(offer, "offer"),
            cents=offer.outcome.grant_cents,
            day=calendar.add_working_days(dates.today(), _days(application)),
            letter=offer_letter(offer).number,
        )
    return offer


def _require_unreached(offer, handed_on):
    if not offer.with_supervisor_since:
        raise RuleBroken(_("The owner was reached. The offer takes its course."), "reached")
    if not offer.letter_issued_at:
        raise RuleBroken(_("The letter is being made. Announce the offer once it opens."), "letter_waits")
    if handed_on and not dates.hong_kong_day(offer.with_supervisor_since) <= handed_on <= dates.today():
        raise RuleBroken(
            _("Enter the day of the hand-over: from the day on which the case came to you, until today."),
            "handed_on",
            field="handed_on",
        )


def _count_reminder(application, offer, which, day):
    """One that came after the last day reminded nobody; while the clock stands still none is late."""
    late = not offer.accept_by or (day > offer.accept_by and not offer.stopped_on)
    if late or which != offer.reminders_handed_over + 1:
        return
    offer.reminders_handed_over, offer.reminded_on = which, day
    offer.save(update_fields=["reminders_handed_over", "reminded_on"])
    audit.record(application.reference, "offer:reminded", by=SYSTEM, reminder=which)


def _due(application, day):
    application.due_on = day
    application.save(update_fields=["due_on"])


@transaction.atomic
def accept(reference, *, by, consent, language, received_at=None) -> Offer:
    """The owner's word. She signed in again for this act and this letter just before.

    `received_at` is when her press reached the server (now, unless given): it decides
    whether she was in time, however long the case's lock was waited for. Raises NotAllowed
    (not an owner, or not confirmed again), WrongState, RuleBroken ("offer_ended",
    "letter_waits"). Accepting twice has one effect.
    """
    application = locked(reference)
    require_member(by, application, OWNER)
    if application.state == workflow.ACCEPTED:
        return application.offers.get(state=states.ACCEPTED)
    require_move(application, "accept")
    offer = Offer.objects.select_for_update().get(application=application, state=states.OPEN)
    letter = _letter_of(offer)
    _require_in_time(offer, received_at)
    proof = accounts.consume_confirmation(account=by, act=accept_act(reference), document_hash=letter.sha256)
    now = dates.now()
    Acceptance.objects.create(
        offer=offer,
        by=by,
        method=proof.method,
        consent=consent,
        language=language,
        letter_number=letter.number,
        document_sha256=letter.sha256,
        accepted_at=now,
    )
    _end(offer, states.ACCEPTED)
    move(application, "accept", by=by, method=proof.method, letter=letter.number, document=letter.sha256)
    tell_owners(
        application,
        "accepted",
        key=f"{reference}:accepted:{offer.outcome.number}",
        cents=offer.outcome.grant_cents,
        day=working_by(offer, programme.terms_named(application.terms)),
    )
    return offer


def accept_act(reference) -> str:
    """The act an owner signs in again for."""
    return f"accept-offer:{reference}"


def _letter_of(offer) -> Letter:
    letter = offer_letter(offer)
    if letter is None or letter.waiting:
        raise RuleBroken(_("The letter is being made. Accept as soon as it opens here."), "letter_waits")
    return letter


def offer_letter(offer):
    return Letter.objects.filter(
        subject=offer.application.reference, kind="offer", outcome_number=offer.outcome.number
    ).first()


def _require_in_time(offer, received_at):
    day = dates.hong_kong_day(received_at or dates.now())
    if offer.accept_by and not offer.stopped_on and day > offer.accept_by:
        raise RuleBroken(
            _("The days for accepting ended on %(day)s. Once the offer has lapsed, you can have it back here.")
            % {"day": date_words(offer.accept_by)},
            "offer_ended",
            accept_by=offer.accept_by,
        )


def _end(offer, state):
    offer.state, offer.ended_at = state, dates.now()
    offer.save(update_fields=["state", "ended_at"])


@transaction.atomic
def remind(reference) -> bool:
    """Send the reminder that is due, if one is: the terms say how many working days before."""
    application = locked(reference)
    offer = Offer.objects.select_for_update().filter(application=application, state=states.OPEN).first()
    if offer is None or not offer.accept_by or offer.stopped_on or application.held:
        return False
    if offer.with_supervisor_since or dates.today() > offer.accept_by:
        return False
    terms = programme.terms_named(application.terms)
    left = calendar.working_days_between(dates.today(), offer.accept_by)
    which = offer.reminders_sent + 1
    when = reminders_of(terms)
    if which > len(when) or left > when[which - 1]:
        return False
    offer.reminders_sent = which
    offer.save(update_fields=["reminders_sent"])
    tell_owners(
        application,
        "reminder",
        key=_key(offer, "reminder", str(which)),
        cents=offer.outcome.grant_cents,
        day=offer.accept_by,
    )
    return True


def reminders_of(terms) -> tuple[int, int]:
    """With how many working days left each of the two reminders goes out."""
    return terms.offer_first_reminder_working_days, terms.offer_second_reminder_working_days


@transaction.atomic
def lapse(reference) -> bool:
    """End an offer whose days are over, and return its money.

    Without its announcement and both reminders handed over in time the case goes to the
    supervisor instead, and stays with him until he has announced it again; a held case, or
    one whose review runs, keeps its offer. Returns whether it lapsed.
    """
    application = locked(reference)
    offer = Offer.objects.select_for_update().filter(application=application, state=states.OPEN).first()
    if offer is None or offer.stopped_on or not clocks.over(offer.accept_by or offer.printed_accept_by):
        return False
    if offer.with_supervisor_since or not workflow.may("lapse", application.state, application.held):
        return False
    if not _was_reminded(application, offer):
        _to_supervisor(application, offer)
        return False
    _end(offer, states.LAPSED)
    _end_rise(application)
    move(application, "lapse", by=SYSTEM, accept_by=offer.accept_by.isoformat())
    return_money(application, by=SYSTEM)
    write_lapse(application, offer, by=SYSTEM)
    return True


def _was_reminded(application, offer):
    """Both reminders were handed over, and in time."""
    needed = len(reminders_of(programme.terms_named(application.terms)))
    in_time = offer.accept_by and offer.reminded_on and offer.reminded_on <= offer.accept_by
    return bool(in_time) and offer.reminders_handed_over >= needed


def _end_rise(application):
    from apps.applications.services.reviews import end_with_the_case

    end_with_the_case(application, by=SYSTEM)


def _to_supervisor(application, offer):
    if offer.with_supervisor_since:
        return
    offer.with_supervisor_since = dates.now()
    offer.save(update_fields=["with_supervisor_since"])
    audit.record(application.reference, "offer:unreached", by=SYSTEM, reminders=offer.reminders_handed_over)


def return_money(application, *, by) -> int:
    """Reverse every commitment of the case; returns the cents set free. Announced for the queue."""
    return ledger.reverse_all(reference=application.reference, scheme=application.scheme, by=by)


def end_open_offer(application, state, *, by):
    """Withdrawal or a better outcome ends the open offer; its letter stands no more."""
    offer = Offer.objects.select_for_update().filter(application=application, state=states.OPEN).first()
    if offer:
        _end(offer, state)
    return offer


def due_to_look_at():
    """References whose open offer may need a reminder, may lapse today, or reached nobody."""
    open_now = Offer.objects.filter(state=states.OPEN, stopped_on=None)
    return open_now.exclude(accept_by=None, printed_accept_by__gte=dates.today()).values_list(
        "application__reference", flat=True
    )


def look_at_offers() -> None:
    """The round of all open offers, safe to run at any time: reminders and lapses."""
    for reference in list(due_to_look_at()):
        remind(reference)
        lapse(reference)
