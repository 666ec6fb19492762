"""I5: every announced outcome has exactly one current letter of the right kind and sum."""

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import OuterRef, Subquery

from apps.applications import workflow
from apps.applications.models import Acceptance, Application
from apps.applications.models import offer as offers
from apps.letters import services
from apps.letters.models import Letter
from apps.operations.invariants.portions import portions

Kind = Letter.Kind
# Only one of these may stand at a time: each says where the whole case is.
MAIN = (Kind.OFFER, Kind.DECLINE, Kind.FUNDS)
# Which letter a state owes its applicant. An ended case has the letter of its end besides.
OWED = {
    workflow.DECLINED: Kind.DECLINE,
    workflow.WAITING: Kind.FUNDS,
    workflow.OFFERED: Kind.OFFER,
    workflow.ACCEPTED: Kind.OFFER,
    workflow.LAPSED: Kind.LAPSE,
    workflow.WITHDRAWN: Kind.WITHDRAWAL,
}


def check() -> Iterator[str]:
    yield from services.check()
    yield from _contents()
    decided = Application.objects.filter(state__in=OWED, receipt_number__isnull=False)
    rows = decided.prefetch_related("outcomes", "offers").select_related("review")
    for portion in portions(rows):
        standing = _standing([case.reference for case in portion])
        for case in portion:
            yield from _faults_of(case, standing[case.reference])
    yield from _offers_of_others()
    yield from _sums_not_held()
    yield from _accepted_other_bytes()


def _standing(references):
    found = defaultdict(list)
    current = Letter.objects.filter(subject__in=references, standing=Letter.Standing.CURRENT)
    for letter in current.defer("contents").order_by("pk"):
        found[letter.subject].append(letter)
    return found


def _faults_of(case, letters):
    outcomes, open_offers = list(case.outcomes.all()), _open_offers(case)
    if case.state in workflow.ENDED + (workflow.WAITING, workflow.ACCEPTED) and open_offers:
        yield f"{case.reference}: is {case.state} with an open offer"
    if case.state == workflow.OFFERED and len(open_offers) != 1:
        yield f"{case.reference}: is offered, with {len(open_offers)} open offers"
    last = outcomes[-1] if outcomes else None
    yield from _owed(case, last, letters)
    yield from _review_letter(case, last, letters)


def _open_offers(case):
    return [offer for offer in case.offers.all() if offer.state == offers.OPEN]


def _owed(case, last, letters):
    kind = _owed_kind(case, last)
    number = last.number if last else 0
    right = [one for one in letters if one.kind == kind and one.outcome_number == number]
    if len(right) != 1:
        what = f"of kind {kind} for its outcome {number}"
        yield f"{case.reference}: {len(right)} current letters {what}"
        return
    due = last.grant_cents if kind in (Kind.OFFER, Kind.REVIEW) else None
    if right[0].grant_cents != due:
        yield f"{right[0].number}: says {right[0].grant_cents} cents, the outcome {due}"
    for other in letters:
        if other.pk != right[0].pk and other.kind in MAIN and not _kept(case, other):
            yield f"{other.number}: is current beside {right[0].number} in {case.reference}"


def _owed_kind(case, last):
    """A sum raised after acceptance has no offer of its own: the review's letter stands."""
    raised = case.state == workflow.ACCEPTED and last and last.on_review
    if raised and all(offer.outcome_id != last.pk for offer in case.offers.all()):
        return Kind.REVIEW
    return OWED[case.state]


def _kept(case, letter):
    """A refusal stays what was decided, also when the refused case is withdrawn or reviewed."""
    return letter.kind == Kind.DECLINE and case.state in workflow.ENDED


def _review_letter(case, last, letters):
    review = getattr(case, "review", None)
    if review is None or review.state not in (workflow.REVIEW_UPHELD, workflow.REVIEW_CHANGED):
        return
    answers = [one for one in letters if one.kind == Kind.REVIEW]
    # A sum given on review ends with its case, or with what was decided after it.
    ended = not answers and review.state == workflow.REVIEW_CHANGED and case.state not in workflow.COMMITTED
    if len(answers) != 1 and not ended:
        yield f"{case.reference}: its review was decided, and {len(answers)} letters say so"
    elif answers and answers[0].grant_cents is not None and review.state == workflow.REVIEW_CHANGED:
        changed = next((one for one in case.outcomes.all() if one.on_review), last)
        if answers[0].grant_cents != changed.grant_cents:
            yield (
                f"{answers[0].number}: says {answers[0].grant_cents} cents, the outcome on review {changed.grant_cents}"
            )


def _contents():
    """A letter's contents can be read, and are about its own subject and sum."""
    for letter in Letter.objects.order_by("pk").iterator(chunk_size=100):
        try:
            words = letter.words
        except (KeyError, TypeError, ValueError) as fault:
            yield f"{letter.number}: its contents cannot be read ({type(fault).__name__})"
            continue
        about = (words.reference, words.sum_cents)
        if about != (letter.subject, letter.grant_cents):
            yield f"{letter.number}: its contents are about {about[0]} and {about[1]} cents"


def _offers_of_others():
    """Before a decision, and while a case waits for funds, nothing is offered."""
    undecided = (workflow.DRAFT, workflow.SUBMITTED, workflow.ASSESSING, workflow.DECIDING)
    early = Application.objects.filter(state__in=undecided, offers__state=offers.OPEN)
    for reference in early.order_by("pk").values_list("reference", flat=True):
        yield f"{reference}: has an open offer, and nothing was decided"
    cases = Application.objects.filter(state__in=(*undecided, workflow.WAITING))
    standing = Letter.objects.filter(
        subject__in=cases.values("reference"), kind=Kind.OFFER, standing=Letter.Standing.CURRENT
    )
    for letter in standing.defer("contents").order_by("pk").iterator():
        yield f"{letter.number}: offers money to {letter.subject}, which has no offer"


def _sums_not_held():
    """No review's letter stands with a sum where the case holds none."""
    holding = Application.objects.filter(state__in=workflow.COMMITTED)
    standing = Letter.objects.filter(kind=Kind.REVIEW, grant_cents__isnull=False, standing=Letter.Standing.CURRENT)
    for letter in standing.exclude(subject__in=holding.values("reference")).order_by("pk").iterator():
        yield f"{letter.number}: promises {letter.grant_cents} cents in {letter.subject}, which holds none"


def _accepted_other_bytes():
    bytes_of = Letter.objects.filter(number=OuterRef("letter_number")).values("sha256")[:1]
    accepted = Acceptance.objects.annotate(letter_sha256=Subquery(bytes_of))
    for one in accepted.select_related("offer__application").order_by("pk").iterator():
        if one.letter_sha256 != one.document_sha256:
            yield (f"{one.offer.application.reference}: the accepted document is not the letter {one.letter_number}")
