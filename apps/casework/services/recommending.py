"""The case officer's verbs: strike or allow lines, note, recommend."""

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.permissions import require_role
from apps.applications import services as applications
from apps.applications import workflow
from apps.applications.models import RecordAnswer, Review
from apps.applications.services.judging import award_of, ceiling_left
from apps.applications.services.moving import locked, require_move
from apps.applications.services.recording import canonical_text, named, papers_of, sha256_of
from apps.audit import services as audit
from apps.businesses import services as businesses
from apps.casework.models import Assignment, LineVerdict, Note, Recommendation
from apps.casework.models.draws import CASE_OFFICER, REVIEWER
from apps.casework.models.judgement import APPROVE, DECLINE
from apps.casework.permissions import ROLE, sides_of
from apps.casework.services.findings import findings_of
from apps.core import dates
from apps.core.errors import NotAllowed, RuleBroken
from apps.programme import services as programme
from apps.programme.models import StrikeReason

LANGUAGES = ("en", "zh_hant", "zh_hans")


def require_assigned(account, application, part) -> Assignment:
    """The account's own current assignment in this case; NotAllowed unless a lot gave it to him.

    Membership is asked again: who joined either side since the draw can no longer act.
    """
    require_role(account, ROLE[part])
    require_on_no_side(account, application)
    assignment = (
        Assignment.objects.current()
        .select_related("duty")
        .filter(application=application, part=part, person=account.person)
        .first()
    )
    if assignment is None:
        raise NotAllowed(_("This case was drawn for somebody else. Nobody takes a case."), "not_drawn")
    return assignment


def require_on_no_side(account, application):
    """Raise NotAllowed for whoever stands on a side, or saw the owner or printed her code."""
    if account.person_id in sides_of(application):
        raise NotAllowed(
            _("You belong to the business or to the provider of this case, so somebody else must act in it."),
            "on_a_side",
        )
    if account.person_id in businesses.provers_of(application.organisation):
        raise NotAllowed(_("You had a hand in proving this business, so somebody else must decide."), "proved_it")


@transaction.atomic
def judge_line(reference, *, line_code, struck, reason=None, words_en="", words_zh="", by) -> LineVerdict:
    """Strike a cost line, with a reason from the kept list, or allow it again.

    `reason` is a StrikeReason's code; own words stand in both letter languages where the
    reason needs them. Raises RuleBroken with the field.
    """
    application = locked(reference)
    _require_at_work(application, by)
    kept = _kept_reason(reason, words_en, words_zh) if struck else None
    _require_line(application, line_code)
    verdict, _new = LineVerdict.objects.update_or_create(
        application=application,
        line_code=line_code,
        defaults={
            "struck": struck,
            "reason": kept,
            "words_en": words_en if struck else "",
            "words_zh": words_zh if struck else "",
            "by": by.person,
            "at": dates.now(),
        },
    )
    audit.record(reference, "line:struck" if struck else "line:allowed", by=by, line=line_code, reason=reason or "")
    return verdict


def _require_at_work(application, by):
    """The case officer while he assesses, the reviewer while he reviews: nobody else touches a line."""
    review = Review.objects.filter(application=application, state=workflow.REVIEW_RECOMMENDING).first()
    if review:
        require_assigned(by, application, REVIEWER)
        return
    require_assigned(by, application, CASE_OFFICER)
    require_move(application, "recommend")


def _kept_reason(code, words_en, words_zh, use="for_lines"):
    reason = StrikeReason.objects.filter(code=code, **{use: True}).first()
    if reason is None:
        raise RuleBroken(_("Choose a reason from the list."), "reason_needed", field="reason")
    if bool(words_en) != bool(words_zh) or (reason.needs_words and not words_en):
        raise RuleBroken(
            _("Write the reason in your own words in English and in Chinese: the letter has both."),
            "words_needed",
            field="words_zh" if words_en else "words_en",
        )
    return reason


def _require_line(application, line_code):
    if line_code not in [step.code for step in award_of(application).working if step.kind in ("line", "struck")]:
        raise RuleBroken(_("This cost line is not part of the case."), "no_such_line")


@transaction.atomic
def write_note(reference, *, text, by) -> Note:
    """A note for officers only. Anyone with an officer's part in the case may write one, while he has it."""
    application = locked(reference)
    mine = Assignment.objects.current().filter(application=application, person=by.person).first()
    require_assigned(by, application, mine.part if mine else CASE_OFFICER)
    note = Note.objects.create(application=application, author=by.person, text=text, written_at=dates.now())
    audit.record(reference, "note:written", by=by)
    return note


def content_of(application, *, kind, reasons=(), own_cents=0, answers=None, papers=None) -> tuple[dict, int]:
    """(what a recommendation freezes, the sum in cents): the record, findings, lines and working.

    `answers` of the newest record and `papers` as papers_of gives them, for callers that have read them.
    """
    answers = answers or list(RecordAnswer.objects.of_newest(application))
    papers = papers_of(application) if papers is None else papers
    record, struck = answers[0].record, _struck(application)
    left = ceiling_left(application, programme.terms_named(application.terms))
    award = award_of(application, struck=list(struck), own_cents=own_cents, left_cents=left)
    asked = award_of(application, own_cents=own_cents, left_cents=left) if struck else award
    grant = award.grant_cents if kind == APPROVE else 0
    return {
        "canonical": "recommendation-2",
        "record": record.sha256,
        "record_version": record.version,
        "files": [named(paper) for paper in papers if paper.in_record],
        "kind": kind,
        "grant_cents": grant,
        "asked_cents": asked.grant_cents,
        "lines": _lines(award, struck),
        "working": award.plain_working(),
        "findings": findings_of(application, answers, left, papers),
        "reasons": list(reasons),
    }, grant


def _struck(application) -> dict[str, LineVerdict]:
    """{code of the line: why it was struck}, by code."""
    verdicts = LineVerdict.objects.filter(application=application, struck=True).select_related("reason")
    return {verdict.line_code: verdict for verdict in verdicts.order_by("line_code")}


def _lines(award, struck) -> list[dict]:
    """Each cost line with its sum, and, where it was struck, why, in the letter's languages."""
    lines = []
    for step in award.working:
        if step.kind not in ("line", "struck"):
            continue
        verdict = struck.get(step.code)
        line = {"key": step.code, "cents": step.cents, "struck": verdict is not None}
        if verdict:
            line |= reason_words(verdict.reason, verdict.words_en, verdict.words_zh)
        lines.append(line)
    return lines


def reason_words(reason, words_en, words_zh) -> dict:
    texts = {f"reason_{code}": getattr(reason, f"text_{code}") for code in LANGUAGES}
    return {"reason": reason.code, **texts, "words_en": words_en, "words_zh": words_zh}


def decline_reason(code, words_en, words_zh) -> dict:
    """A reason for refusing, as the outcome and its letter hold it; RuleBroken where words are missing."""
    reason = _kept_reason(code, words_en, words_zh, use="for_decline")
    texts = {f"rule_{lang}": getattr(reason, f"text_{lang}") for lang in LANGUAGES}
    mend = {f"mend_{lang}": getattr(reason, f"mend_{lang}") for lang in LANGUAGES}
    return {"code": reason.code, **texts, **mend, "words_en": words_en, "words_zh": words_zh}


@transaction.atomic
def recommend(reference, *, kind, seen_sha256, reasons=(), by) -> Recommendation:
    """Advise approval at the calculation's sum, or refusal with reasons; the case goes to an approver.

    `seen_sha256` is the hash of what the officer's page showed; what changed meanwhile must be
    read first. `reasons`: [(code, words_en, words_zh)] for a refusal. Raises RuleBroken
    ("reason_needed" | "nothing_left" | "not_proven" | "changed_meanwhile").
    """
    application = locked(reference)
    assignment = require_assigned(by, application, CASE_OFFICER)
    require_move(application, "recommend")
    if kind == DECLINE and not reasons:
        raise RuleBroken(_("Choose at least one reason for refusing."), "reason_needed", field="reason")
    content, grant = content_of(application, kind=kind, reasons=[decline_reason(*reason) for reason in reasons])
    if kind == APPROVE and grant <= 0:
        raise RuleBroken(
            _("With every line struck, or no ceiling left, nothing can be granted. Recommend refusal instead."),
            "nothing_left",
        )
    if kind == APPROVE:
        require_proven(application)
    if seen_sha256 != reading_hash(application):
        raise RuleBroken(
            _("Something changed since you opened the case. Read it again below, then recommend."), "changed_meanwhile"
        )
    recommendation = save_recommendation(application, kind, content, grant, assignment.duty)
    applications.recommend(application, by=by)
    return recommendation


def require_proven(application):
    """Raise RuleBroken("not_proven") until the applicant has proven the business hers (programme.md, Identity)."""
    if not application.organisation.is_proven:
        raise RuleBroken(
            _(
                "Nobody has proven yet that this business is the applicant's own. A code is posted to the registered "
                "address, or the helpdesk sees the owner; until then nothing can be approved."
            ),
            "not_proven",
        )


def save_recommendation(application, kind, content, grant, duty, review=None):
    return Recommendation.objects.create(
        application=application,
        review=review,
        subject=application.reference,
        number=Recommendation.objects.filter(application=application).count() + 1,
        kind=kind,
        content=content,
        sha256=sha256_of(canonical_text(content)),
        grant_cents=grant,
        duty=duty,
        made_at=dates.now(),
    )


def reading(application, own_cents=0, answers=None, papers=None) -> tuple[dict, str]:
    """Everything the officer reads before advising, and its hash, which changes when any of it does."""
    content, _grant = content_of(application, kind=APPROVE, own_cents=own_cents, answers=answers, papers=papers)
    return content, sha256_of(canonical_text(content))


def reading_hash(application) -> str:
    return reading(application)[1]
