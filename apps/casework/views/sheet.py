"""What a case's page shows: the frozen recommendation where there is one, else what holds now."""

from django.db.models import BigIntegerField, Func, OuterRef, Subquery, TextField, Value
from django.db.models.functions import Cast

from apps.accounts.models import Person
from apps.applications import sections, workflow
from apps.applications.models import RecordAnswer
from apps.applications.services.recording import papers_of
from apps.applications.templatetags.questions import earlier_words, own_words
from apps.audit.models import Event
from apps.casework import services
from apps.casework.contents import BASES, VERDICTS, event_words, finding_title, finding_words
from apps.casework.models import Recommendation
from apps.casework.services.recommending import reading
from apps.core.receipt import receipt_from
from apps.core.said import nearest
from apps.funding.calculation import LINE, STRUCK, working_from
from apps.programme import services as programme
from apps.programme.working import OFFICER, worded
from apps.questions.models import Item, Round

# Read by line officers without: what each keystroke of the draft was, and who oversees.
QUIET = ("application:saved", "case:read", "document:checking")
# Which papers prove which check.
PROVED_BY = {
    "registered": ("br-certificate", "hawker-licence"),
    "eligible": ("proof-of-operation", "ownership-record"),
    "head_count": ("mpf-record",),
}


def sheet_of(request, seat, review=None, own_cents=0) -> dict:
    """The context of a case's page; `review` for the page of its review."""
    application = seat.application
    answers = list(RecordAnswer.objects.of_newest(application))
    kinds = _kinds()
    papers = _papers(application, kinds)
    recommendation = _recommendation(application, review)
    content, sha256 = (
        (recommendation.content, recommendation.sha256)
        if recommendation
        else reading(application, own_cents, answers, papers)
    )
    return {
        "application": application,
        "seat": seat,
        "review": review,
        "record": answers[0].record,
        "recommendation": recommendation,
        "content": content,
        "seen": sha256,
        "receipt": receipt_of(content["working"]),
        "lines": lines_of(content),
        "papers": papers,
        "grant_cents": next(step["cents"] for step in content["working"] if step["kind"] == "grant"),
        "findings": [_finding(one, papers, kinds) for one in content["findings"]],
        "groups": _answers(answers),
        "assignments": seat.hands.assignments,
        "decisions": seat.hands.decisions,
        "notes": seat.hands.notes,
        "rounds": rounds_of(application.reference),
        "held": application.held,
        **_history(request, seat),
    }


def _recommendation(application, review):
    """The one that is being decided or was; None while somebody still works on the next."""
    at_work = (
        review.state in (workflow.REVIEW_ASKED, workflow.REVIEW_RECOMMENDING)
        if review
        else (application.state in (workflow.SUBMITTED, workflow.ASSESSING))
    )
    if at_work:
        return None
    found = Recommendation.objects.filter(application=application, review=review).select_related("duty__person")
    return found.order_by("-number").first()


def receipt_of(working):
    return receipt_from(worded(working_from(working), OFFICER))


def lines_of(content):
    """Each cost line in words, with why it was struck."""
    labels = {
        step.code: step.label
        for step in worded(working_from(content["working"]), OFFICER)
        if step.kind in (LINE, STRUCK)
    }
    return [
        {**line, "label": labels[line["key"]], "reason_words": nearest(line, "reason")[0]} for line in content["lines"]
    ]


def _kinds():
    """{code: name}: every document type, since a checklist may have changed after the submission."""
    return {kind.code: nearest(kind, "name")[0] for kind in programme.document_types()}


def _papers(application, kinds):
    papers = papers_of(application)
    for paper in papers:
        paper.kind_words = kinds.get(paper.type_code, paper.type_code)
    return papers


def _finding(finding, papers, kinds):
    proof = PROVED_BY.get(finding["code"], ())
    proving = (paper for paper in papers if paper.type_code in proof and paper.is_ready and paper.in_record)
    return {
        "verdict": VERDICTS[finding["verdict"]],
        "title": finding_title(finding["code"]),
        "words": finding_words(finding, kinds),
        "basis": BASES[finding["basis"]],
        "paper": next(proving, None),
    }


def _answers(answers):
    """The record's answers as they were shown to the applicant, by section."""
    groups = {}
    for answer in answers:
        wording, value = nearest(answer, "wording")[0], nearest(answer, "shown")[0]
        groups.setdefault(answer.section, []).append({"label": wording, "value": value})
    return [{"title": sections.BY_SLUG[slug].title, "rows": rows} for slug, rows in groups.items()]


def rounds_of(reference):
    """Every round that was asked, each item in words with what was said before and since."""
    asked = Item.objects.filter(round__in=Round.objects.of(reference).exclude(asked_at=None).order_by())
    rounds = []
    for item in asked.select_related("round").order_by("round__number", "place"):
        if not rounds or rounds[-1].pk != item.round_id:
            rounds.append(item.round)
            item.round.rows = []
        rounds[-1].rows.append(in_words(item))
    return rounds


def in_words(item):
    """One thing asked for as the desk shows it."""
    return {
        "item": item,
        "part": sections.BY_SLUG[item.section].title,
        "title": nearest(item, "title")[0],
        "reason": nearest(item, "reason")[0],
        "words": own_words(item),
        "earlier": earlier_words(item),
    }


def _history(request, seat):
    """The events in words, newest first, and how many came since this officer last looked."""
    events = list(_events(seat.application.reference))
    last, before = events[-1].number if events else 0, seat.application.read_upto
    if seat.oversees or before != last:
        before = services.look(seat.application, upto=last, overseeing=seat.oversees, by=request.user)
    if not seat.oversees:
        events = [event for event in events if event.name not in QUIET]
    mine = request.user.actor
    for event in events:
        event.words = event_words(event.name)
        event.new = bool(before) and event.number > before and event.actor != mine
    return {"events": events[::-1], "changed": sum(event.new for event in events)}


def _events(reference):
    """Every event but a draft's keystrokes, with the name of `who` did it, empty for the system."""
    person = Cast(
        Func(OuterRef("actor"), Value("^person:([0-9]+)$"), function="substring", output_field=TextField()),
        BigIntegerField(),
    )
    name = Person.objects.filter(pk=person).values("full_name")
    return Event.objects.of(reference).exclude(name="application:saved").annotate(who=Subquery(name))
