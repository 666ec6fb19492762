"""Questions to the applicant: asked all at once, answered all at once, our clock standing still.

Silence closes the case, after two warnings that were handed over; a case that was closed
so can be had back once (programme.md, The life of a case).
"""

from django.db import transaction
from django.utils.translation import gettext as _

from apps.applications import sections, workflow
from apps.applications.models import Application, Draft
from apps.applications.permissions import OWNER, require_member
from apps.applications.services import clocks
from apps.applications.services.moving import locked, move, require_move
from apps.applications.services.papers import require_papers_checked
from apps.applications.services.recording import make_record
from apps.applications.services.submission import decision_target
from apps.applications.services.telling import tell_owners
from apps.audit import services as audit
from apps.audit.models import Event
from apps.core import dates
from apps.core.actors import SYSTEM
from apps.core.errors import RuleBroken
from apps.core.said import date_words
from apps.documents.models import Document
from apps.programme import calendar
from apps.programme import services as programme
from apps.questions import services as questions
from apps.questions.models import Round

LANGUAGES = ("en", "zh_hant", "zh_hans")


def ask(application, *, by):
    """Ask what the case officer put on the list. Casework calls this, under the case's lock.

    The stage stops where it is: the working days it has left are kept in the event.
    """
    require_move(application, "ask")
    days_left = _days_left(application)
    answers = _answers_as_shown(application)
    answer_by = calendar.add_working_days(dates.today(), programme.terms_named(application.terms).answer_working_days)
    current = questions.ask(
        application.reference, answer_by=answer_by, earlier=lambda item: _earlier(application, answers, item)
    )
    move(application, "ask", by=by, round=current.number, assessment_days_left=days_left)
    tell_owners(
        application,
        "asked",
        key=f"{application.reference}:asked:{current.number}",
        day=current.answer_by,
        number=current.items.count(),
    )
    return current


def _days_left(application):
    """Working days that the assessment has left of its target; at least one."""
    return max(1, calendar.working_days_between(dates.today(), application.due_on)) if application.due_on else 1


def _answers_as_shown(application):
    """{question key: {language: as it was shown}} of the newest record."""
    record = application.records.prefetch_related("answers").order_by("-version").first()
    return {
        answer.key: {code: getattr(answer, f"shown_{code}") for code in LANGUAGES} for answer in record.answers.all()
    }


def _earlier(application, answers, item):
    if item.section != sections.DOCUMENTS.slug:
        return answers.get(item.question, {})
    papers = Document.objects.of(application.reference).filter(type_code=item.question)
    names = "\n".join(papers.ready().values_list("name", flat=True))
    return dict.fromkeys(LANGUAGES, names)


@transaction.atomic
def write_words(reference, *, place, words, by):
    """Answer one question in words. Item.DoesNotExist where nothing of that place is asked."""
    application = locked(reference)
    require_member(by, application)
    require_move(application, "save")
    item = questions.write_words(reference, place=place, words=words)
    audit.record(reference, "question:answered", by=by, place=place)
    return item


@transaction.atomic
def paper_received(document_id):
    """A file arrived: the question that asked for its kind counts as answered. Safe to repeat."""
    paper = Document.objects.filter(pk=document_id).first()
    current = questions.asked(paper.subject) if paper else None
    if current and paper.uploaded_at >= current.asked_at:
        questions.note_answer(paper.subject, section=sections.DOCUMENTS.slug, questions=[paper.type_code])


@transaction.atomic
def answer(reference, *, by) -> Application:
    """Send the answers: they make the next version of what was submitted, and our clock runs on.

    Raises RuleBroken("unanswered" | "papers_in_check"). Sending twice has one effect.
    """
    application = locked(reference)
    require_member(by, application, OWNER)
    if application.state == workflow.ASSESSING and Round.objects.of(reference).filter(answered_by=by).exists():
        return application
    require_move(application, "answer")
    require_papers_checked(
        reference, _("A file is still being checked. Send the answers when it is ready, in a few seconds.")
    )
    current = questions.answer(reference, by=by)
    draft = Draft.objects.select_for_update().get(application=application)
    record = make_record(application, draft.answers, version=application.records.count() + 1)
    move(application, "answer", by=by, round=current.number, record=record.sha256, days_left=_kept_days(application))
    tell_owners(application, "answered", key=f"{reference}:answered:{current.number}", day=decision_target(application))
    return application


def _kept_days(application):
    """The days the assessment had left when the questions went out."""
    event = Event.objects.of(application.reference).filter(name=workflow.BY_VERB["ask"].event).last()
    return event.facts["assessment_days_left"]


@transaction.atomic
def remind_of_questions(reference) -> bool:
    """Send the warning that is due, if one is: the terms say how many working days before."""
    application = locked(reference)
    current = Round.objects.select_for_update().of(reference).asked().first()
    if current is None or application.held:
        return False
    when = warnings_of(programme.terms_named(application.terms))
    left = calendar.working_days_between(dates.today(), current.answer_by)
    which = current.reminders_sent + 1
    if which > len(when) or left > when[which - 1]:
        return False
    current.reminders_sent = which
    current.save(update_fields=["reminders_sent"])
    tell_owners(
        application,
        "question_reminder",
        day=current.answer_by,
        key=f"{reference}:question-reminder:{current.pk}:{_asked_times(current)}:{which}",
        number=current.items.filter(answered_at=None).count(),
    )
    return True


def _asked_times(current):
    """A round that was reopened is warned about anew."""
    return (
        Event.objects.of(current.subject)
        .filter(name__in=[workflow.BY_VERB["ask"].event, workflow.BY_VERB["reopen"].event])
        .count()
    )


def warnings_of(terms) -> tuple[int, int]:
    """With how many working days left each of the two warnings goes out."""
    return terms.answer_first_reminder_working_days, terms.answer_second_reminder_working_days


def is_warning(key) -> bool:
    """Whether a message of this key warns of questions that nobody answered."""
    parts = key.split(":")
    return len(parts) >= 5 and parts[1] == "question-reminder"


@transaction.atomic
def reminded(reference, *, key):
    """A message was handed over: count it where it is a warning of the round that is asked."""
    parts = key.split(":")
    if not is_warning(key) or parts[0] != reference:
        return
    locked(reference)
    current = Round.objects.select_for_update().of(reference).asked().filter(pk=int(parts[2])).first()
    which = int(parts[4])
    if current is None or int(parts[3]) != _asked_times(current) or which != current.reminders_handed_over + 1:
        return
    current.reminders_handed_over = which
    current.save(update_fields=["reminders_handed_over"])
    audit.record(reference, "question:reminded", by=SYSTEM, reminder=which)


@transaction.atomic
def close(reference) -> bool:
    """End a case whose questions nobody answered in their days; returns whether it was closed.

    Without both warnings handed over the supervisor is shown it instead; a held case stays.
    """
    application = locked(reference)
    current = Round.objects.select_for_update().of(reference).asked().first()
    if current is None or not clocks.over(current.answer_by):
        return False
    if not workflow.may("close", application.state, application.held):
        return False
    if current.reminders_handed_over < len(warnings_of(programme.terms_named(application.terms))):
        _unreached(current)
        return False
    questions.close(reference)
    move(application, "close", by=SYSTEM, round=current.number)
    tell_owners(
        application,
        "closed",
        key=f"{reference}:closed:{current.pk}:{_asked_times(current)}",
        day=reopen_until(application),
    )
    return True


def _unreached(current):
    if current.unreached_at:
        return
    current.unreached_at = dates.now()
    current.save(update_fields=["unreached_at"])
    audit.record(current.subject, "question:unreached", by=SYSTEM, reminders=current.reminders_handed_over)


def reopen_until(application):
    """The last day on which a case that ended by silence can be had back."""
    days = programme.terms_named(application.terms).reopen_working_days
    return calendar.add_working_days(dates.hong_kong_day(application.ended_at), days)


def can_reopen(application) -> bool:
    """Closed for silence, within its days, and not had back before."""
    return (
        application.state == workflow.CLOSED
        and dates.today() <= reopen_until(application)
        and not _was_reopened(application.reference)
    )


def _was_reopened(reference):
    return Event.objects.of(reference).filter(name=workflow.BY_VERB["reopen"].event).exists()


@transaction.atomic
def reopen(reference, *, by) -> Application:
    """Have a case back that was closed for silence: the same questions, with all their days again.

    Raises RuleBroken("reopened_before" | "reopen_over" | "live_application"). Asking twice
    has one effect.
    """
    application = locked(reference)
    require_member(by, application, OWNER)
    if application.state == workflow.ASKED and _was_reopened(reference):
        return application
    require_move(application, "reopen")
    _require_reopening(application)
    terms = programme.terms_named(application.terms)
    current = questions.reopen(reference, answer_by=calendar.add_working_days(dates.today(), terms.answer_working_days))
    move(application, "reopen", by=by, round=current.number)
    tell_owners(
        application,
        "asked",
        key=f"{reference}:reopened:{current.number}",
        day=current.answer_by,
        number=current.items.filter(answered_at=None).count(),
    )
    return application


def _require_reopening(application):
    if _was_reopened(application.reference):
        raise RuleBroken(_("A case can be reopened once, and this one was."), "reopened_before")
    until = reopen_until(application)
    if dates.today() > until:
        raise RuleBroken(
            _("The case could be reopened until %(day)s. You can apply again.") % {"day": date_words(until)},
            "reopen_over",
        )
    require_no_live_application(application)


def require_no_live_application(application):
    """Raise RuleBroken("live_application") where another case has taken the business's one place."""
    other = Application.objects.live().filter(organisation=application.organisation).first()
    if other:
        raise RuleBroken(
            _("This business has an application in progress: %(reference)s. Finish or withdraw it first.")
            % {"reference": other.reference},
            "live_application",
            reference=other.reference,
        )


def look_at_questions() -> None:
    """The daily round, safe to run at any time: warnings, and cases to close."""
    waiting = (
        Round.objects.asked()
        .order_by("answer_by")
        .filter(answer_by__lte=calendar.add_working_days(dates.today(), _LOOK_AHEAD))
    )
    for reference in list(waiting.values_list("subject", flat=True)):
        remind_of_questions(reference)
        close(reference)


_LOOK_AHEAD = 20  # working days; every warning of any terms lies within
