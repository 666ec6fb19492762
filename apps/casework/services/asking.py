"""Asking the applicant: one list, prepared item by item, asked all at once."""

from django.db import transaction
from django.utils.translation import gettext as _

from apps.applications import sections
from apps.applications import services as applications
from apps.applications.models import Application
from apps.applications.services.moving import locked, require_move
from apps.applications.services.submission import required_documents
from apps.audit import services as audit
from apps.casework.models.draws import CASE_OFFICER
from apps.casework.services.recommending import LANGUAGES, require_assigned
from apps.core.errors import RuleBroken
from apps.programme.models import QuestionReason
from apps.questions import services as questions
from apps.questions.models import Item, Round


@transaction.atomic
def put_question(reference, *, section, question, reason, words_en="", words_zh="", by) -> Item:
    """Put a question of the form, or a kind of paper, on the list of what will be asked.

    `reason` is a QuestionReason's code; own words stand in both languages where the reason
    needs them. Nothing is sent. Raises RuleBroken with the field.
    """
    application = _at_work(reference, by)
    kept = _kept_reason(section, reason, words_en, words_zh)
    title = what_can_be_asked(application).get((section, question))
    if title is None:
        raise RuleBroken(_("Choose something from the list."), "no_such_question", field="what")
    item = questions.add_item(
        reference,
        section=section,
        question=question,
        title=title,
        reason=kept,
        words_en=words_en,
        words_zh=words_zh,
        by=by.person,
    )
    audit.record(reference, "question:prepared", by=by, section=section, question=question, reason=kept.code)
    return item


@transaction.atomic
def drop_question(reference, *, section, question, by) -> None:
    """Take something off the list that was not asked yet."""
    _at_work(reference, by)
    questions.drop_item(reference, section=section, question=question)
    audit.record(reference, "question:dropped", by=by, section=section, question=question)


@transaction.atomic
def ask(reference, *, by) -> Round:
    """Send the list to the applicant. Raises RuleBroken("nothing_asked")."""
    application = _at_work(reference, by)
    return applications.ask(application, by=by)


def _at_work(reference, by) -> Application:
    application = locked(reference)
    require_assigned(by, application, CASE_OFFICER)
    require_move(application, "ask")
    return application


def _kept_reason(section, code, words_en, words_zh):
    use = "for_documents" if section == sections.DOCUMENTS.slug else "for_answers"
    reason = QuestionReason.objects.filter(code=code, **{use: True}).first()
    if reason is None:
        raise RuleBroken(_("Choose a reason that fits what you ask for."), "reason_needed", field="reason")
    if bool(words_en) != bool(words_zh) or (reason.needs_words and not words_en):
        raise RuleBroken(
            _("Write it in your own words in English and in Chinese: the applicant reads one of them."),
            "words_needed",
            field="words_zh" if words_en else "words_en",
        )
    return reason


def what_can_be_asked(application) -> dict:
    """{(section, key): {language: what it is called}}: every question answered, and every kind of paper."""
    record = application.records.prefetch_related("answers").order_by("-version").first()
    answers = {(answer.section, answer.key): _called(answer, "wording") for answer in record.answers.all()}
    papers = {(sections.DOCUMENTS.slug, kind.code): _called(kind, "name") for kind in required_documents(application)}
    return answers | papers


def _called(thing, column):
    return {code: getattr(thing, f"{column}_{code}") for code in LANGUAGES}
