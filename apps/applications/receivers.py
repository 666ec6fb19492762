"""What the floors below announce, and what the case makes of it."""

import datetime

from apps.applications.services import asking, funding, joining, offers, telling
from apps.outbox.registry import receives


@receives("letter:issued")
def tell_of_letter(announcement):
    facts = announcement.facts
    if facts["kind"] == "offer":
        offers.letter_issued(
            announcement.reference,
            number=facts["number"],
            outcome_number=facts["outcome_number"],
            issued_at=facts["issued_at"],
        )
    else:
        telling.tell_of_letter(announcement.reference, kind=facts["kind"], number=facts["number"])


@receives("message:handed_over", only=lambda facts: offers.starts_days(facts["key"]))
def start_days(announcement):
    at = datetime.datetime.fromisoformat(announcement.facts["at"])
    offers.announced(announcement.reference, key=announcement.facts["key"], at=at)


@receives("message:handed_over", only=lambda facts: asking.is_warning(facts["key"]))
def count_warning(announcement):
    asking.reminded(announcement.reference, key=announcement.facts["key"])


@receives("application:withdrawn", "application:lapsed")
def offer_returned_money(announcement):
    funding.serve_one(funding.scheme_of(announcement.reference))


@receives("funds:free")
def serve_queue(announcement):
    funding.serve_one(announcement.reference)


@receives("document:received")
def note_paper(announcement):
    asking.paper_received(announcement.reference)


@receives("membership:began")
def take_side(announcement):
    joining.take_side(announcement.reference, account=announcement.facts["account"])
