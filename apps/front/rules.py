"""What a case's page says: whose turn, what, by when, its stages; and what the eligibility check asks."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from apps.applications import workflow
from apps.applications.rules import eligibility_answers as eligibility_answers_of
from apps.front import contents
from apps.programme.rules import Answers


@dataclass(frozen=True)
class Turn:
    """One line before anything else: who acts, what, by when, and the page of the act."""

    pen: str
    words: str
    due: date | None = None
    note: str = ""
    url_name: str = ""
    act: str = ""


@dataclass(frozen=True)
class Stage:
    label: str
    state: str  # done, now, todo
    date: datetime | date | None = None
    note: str = ""


def turn_of(application, *, offer, target, today) -> Turn:
    """The line for the applicant. `target` is our day for a decision, then the last one for having the
    package in use; `offer` the open one or None."""
    if application.held:
        return Turn(
            "officer",
            _("the case is being checked; the next word comes by"),
            application.next_word_on,
        )
    return _TURNS[application.state](application, offer, target, today)


def _draft(application, _offer, _target, _today):
    return Turn(
        "applicant", _("complete the form and submit it"), None, "", "applications:tasks", _("Continue the application")
    )


def _in_hand(application, _offer, target, today):
    if target and today > target:
        return Turn(
            "officer",
            _("we have missed our target of a decision by"),
            target,
            _("We are still working on it and will write to you. Your place is kept."),
        )
    return Turn("officer", _("our target for a decision is"), target, _("Pay nothing and sign nothing yet."))


def _asked(application, _offer, _target, _today):
    return Turn(
        "applicant",
        _("answer our questions by"),
        application.due_on,
        _("Our clock stands still until you answer. Without an answer the case is closed."),
        "applications:questions",
        _("See the questions"),
    )


def _waiting(application, _offer, _target, _today):
    return Turn(
        "officer",
        _("approved, and waiting for money to come free"),
        None,
        _("You keep your place in the queue, in order of receipt. You need not do anything."),
    )


def _offered(application, offer, _target, _today):
    day = (offer.accept_by or offer.printed_accept_by) if offer else None
    note = _("The days for accepting stand still while the review runs.") if offer and offer.stopped_on else ""
    return Turn("applicant", _("accept the offer by"), day, note, "applications:offer", _("See the offer and accept"))


def _accepted(application, _offer, target, _today):
    return Turn(
        "provider",
        _("the provider has the package working by") if target else _("the provider delivers the package"),
        target,
        _("The money is set aside for you. You pay the provider, then claim."),
    )


def _ended(words):
    return lambda *_given: Turn("nobody", words())


_TURNS = {
    workflow.DRAFT: _draft,
    workflow.SUBMITTED: _in_hand,
    workflow.ASSESSING: _in_hand,
    workflow.ASKED: _asked,
    workflow.DECIDING: _in_hand,
    workflow.WAITING: _waiting,
    workflow.OFFERED: _offered,
    workflow.ACCEPTED: _accepted,
    workflow.DECLINED: _ended(lambda: _("We declined the application. The letter gives the reasons.")),
    workflow.LAPSED: _ended(lambda: _("The offer lapsed because it was not accepted in time.")),
    workflow.CLOSED: _ended(lambda: _("The case was closed, because our questions were not answered.")),
    workflow.WITHDRAWN: _ended(lambda: _("The application was withdrawn.")),
}


def stages_of(application, events, *, confirmed_at) -> list[Stage]:
    """The way of the case, with the date of each stage that was reached, from its events."""
    first = {}
    for event in events:
        first.setdefault(event.name, event.at)
    reached = [
        (_("The provider confirmed its price"), confirmed_at, None),
        (_("You submitted the application"), first.get("application:submitted"), "draft"),
        (_("A case officer checks your answers and papers"), first.get("application:recommended"), "assessment"),
        (_("Another person decides"), _decided(first), "decision"),
        (_("You accept the offer"), first.get("application:accepted"), "offer"),
        (_("The provider delivers, you pay, then you claim"), None, "delivery"),
    ]
    return _marked(application, reached)


def _decided(first):
    times = [
        first[name]
        for name in (
            "application:approved",
            "application:declined",
            "application:funded",
            "application:approved_on_review",
        )
        if name in first
    ]
    return min(times) if times else None


def _marked(application, reached):
    """Done up to where the case stands, then now, then to come; an ended case has no now."""
    now_at = next(
        (
            place
            for place, (_label, _date, stage) in enumerate(reached)
            if stage == ("assessment" if application.stage == "submitted" else application.stage)
        ),
        None,
    )
    stages = []
    for place, (label, when, _stage) in enumerate(reached):
        if now_at is None:
            state = "done" if when else "todo"
        else:
            state = "done" if place < now_at else "now" if place == now_at else "todo"
        stages.append(Stage(label, state, when if state == "done" else None))
    return stages


@dataclass(frozen=True)
class ServiceLine:
    """How one part of the service goes: its usual pace, or since when something waits too long."""

    what: str
    as_usual: str
    late_since: datetime | None = None


MESSAGE_LATE = timedelta(minutes=1)
LETTER_LATE = FILE_LATE = timedelta(minutes=5)


def service_lines(now, *, messages, letters, files) -> list[ServiceLine]:
    """Each of the three is since when the oldest of its kind waits, or None."""

    kinds = (
        (_("Messages"), _("Messages are sent within a minute."), messages, MESSAGE_LATE),
        (_("Letters"), _("Letters are made within five minutes."), letters, LETTER_LATE),
        (_("Files"), _("Files are checked within five minutes."), files, FILE_LATE),
    )
    return [
        ServiceLine(what, as_usual, since if since and now - since > limit else None)
        for what, as_usual, since, limit in kinds
    ]


def questions_for(answers):
    """The questions of the eligibility check that apply with these answers so far."""
    alone = answers.get("registered") == "hawker"
    return [question for question in contents.QUESTIONS if question.hawkers or not alone]


def eligibility_answers(answers) -> Answers:
    """The check's answers as the programme's rules read them: what is unsure is not known."""
    known = {key: value for key, value in answers.items() if value != contents.UNSURE}
    said = eligibility_answers_of(hawker=known.get("registered") == "hawker", answers=known)
    return replace(said, registered=known.get("registered"), sector=known.get("sector"))
