"""What a case's page shows: the frozen recommendation where there is one, else what holds now."""


from apps.applications import sections, workflow
from apps.applications.models import Record
from apps.applications.templatetags.questions import earlier_words, own_words
from apps.audit.models import Event
from apps.casework import services
from apps.casework.contents import BASES, VERDICTS, event_words, finding_title, finding_words
from apps.casework.models import Assignment, Decision, Note, Recommendation
from apps.casework.services.recommending import reading
from apps.casework.views.frame import names_of
from apps.core.receipt import receipt_from
from apps.core.said import nearest
from apps.documents.models import Document
from apps.funding.calculation import LINE, STRUCK, working_from
from apps.programme.models import DocumentType
from apps.programme.working import OFFICER, worded
from apps.questions.models import Round

# Read by line officers without: what each keystroke of the draft was, and who oversees.
QUIET = ("application:saved", "case:read", "document:checking")
# Which papers prove which check.
PROVED_BY = {
    "registered": ("br-certificate", "hawker-licence"), "eligible": ("proof-of-operation", "ownership-record"),
    "head_count": ("mpf-record",),
}


def sheet_of(request, seat, review=None, own_cents=0) -> dict:
    """The context of a case's page; `review` for the page of its review."""
    application = seat.application
    record = Record.objects.filter(application=application).prefetch_related("answers").order_by("-version").first()
    recommendation = _recommendation(application, review)
    content, sha256 = (recommendation.content, recommendation.sha256) if recommendation else reading(
        application, own_cents, record)
    kinds = _kinds()
    papers = _papers(application, kinds)
    return {
        "application": application, "seat": seat, "review": review, "record": record,
        "recommendation": recommendation, "content": content, "seen": sha256,
        "receipt": receipt_of(content["working"]), "lines": lines_of(content), "papers": papers,
        "grant_cents": next(step["cents"] for step in content["working"] if step["kind"] == "grant"),
        "findings": [_finding(one, papers, kinds) for one in content["findings"]],
        "groups": _answers(record), "assignments": _assignments(application),
        "decisions": _decisions(application),
        "rounds": rounds_of(application.reference), "notes": _notes(application), "held": _hold(application),
        **_history(request, seat),
    }


def _recommendation(application, review):
    """The one that is being decided or was; None while somebody still works on the next."""
    at_work = review.state in (workflow.REVIEW_ASKED, workflow.REVIEW_RECOMMENDING) if review else (
        application.state in (workflow.SUBMITTED, workflow.ASSESSING))
    if at_work:
        return None
    found = Recommendation.objects.filter(application=application, review=review).select_related("duty__person")
    return found.order_by("-number").first()


def receipt_of(working):
    return receipt_from(worded(working_from(working), OFFICER))


def lines_of(content):
    """Each cost line in words, with why it was struck."""
    labels = {step.code: step.label for step in worded(working_from(content["working"]), OFFICER)
              if step.kind in (LINE, STRUCK)}
    return [{**line, "label": labels[line["key"]], "reason_words": nearest(line, "reason")[0]}
            for line in content["lines"]]


def _kinds():
    """{code: name}: every document type, since a checklist may have changed after the submission."""
    return {kind.code: nearest(kind, "name")[0] for kind in DocumentType.objects.all()}


def _papers(application, kinds):
    papers = list(Document.objects.of(application.reference))
    for paper in papers:
        paper.kind_words = kinds.get(paper.type_code, paper.type_code)
    return papers


def _finding(finding, papers, kinds):
    proof = PROVED_BY.get(finding["code"], ())
    return {
        "verdict": VERDICTS[finding["verdict"]], "title": finding_title(finding["code"]),
        "words": finding_words(finding, kinds), "basis": BASES[finding["basis"]],
        "paper": next((paper for paper in papers if paper.type_code in proof and paper.is_ready), None)}


def _answers(record):
    """The record's answers as they were shown to the applicant, by section."""
    groups = {}
    for answer in record.answers.all():
        wording, value = nearest(answer, "wording")[0], nearest(answer, "shown")[0]
        groups.setdefault(answer.section, []).append({"label": wording, "value": value})
    return [{"title": sections.BY_SLUG[slug].title, "rows": rows} for slug, rows in groups.items()]


def _assignments(application):
    return list(Assignment.objects.filter(application=application).select_related("person").order_by("since", "pk"))


def _decisions(application):
    return list(Decision.objects.filter(subject=application.reference).select_related(
        "decider_duty__person", "recommendation").order_by("pk"))


def rounds_of(reference):
    """Every round that was asked, each item in words with what was said before and since."""
    rounds = list(Round.objects.of(reference).exclude(asked_at=None).prefetch_related("items"))
    for one in rounds:
        one.rows = [in_words(item) for item in one.items.all()]
    return rounds


def in_words(item):
    """One thing asked for as the desk shows it."""
    return {"item": item, "part": sections.BY_SLUG[item.section].title, "title": nearest(item, "title")[0],
            "reason": nearest(item, "reason")[0], "words": own_words(item), "earlier": earlier_words(item)}


def _notes(application):
    return list(Note.objects.filter(application=application).select_related("author"))


def _hold(application):
    return application.holds.filter(closed_at=None).order_by("-since").first()


def _history(request, seat):
    """The events in words, newest first, and how many came since this officer last looked."""
    events = list(Event.objects.of(seat.application.reference).exclude(name="application:saved"))
    last = events[-1].number if events else 0
    before = services.look(seat.application, upto=last, overseeing=seat.oversees, by=request.user)
    if not seat.oversees:
        events = [event for event in events if event.name not in QUIET]
    people = _people(events)
    mine = request.user.actor
    for event in events:
        event.words = event_words(event.name)
        event.who = people.get(event.actor, "")
        event.new = bool(before) and event.number > before and event.actor != mine
    return {"events": events[::-1], "changed": sum(event.new for event in events)}


def _people(events):
    ids = {int(event.actor.partition(":")[2]) for event in events if event.actor.startswith("person:")}
    return {f"person:{pk}": name for pk, name in names_of(ids).items()}
