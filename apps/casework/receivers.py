"""A case that waits for somebody is drawn for at once; the sweep catches what this misses."""

from apps.casework import services
from apps.outbox.registry import receives


@receives("application:submitted", "application:recommended", "application:to_be_judged_again")
def draw_somebody(announcement):
    services.allot(announcement.reference)


@receives("review:asked", "review:recommended")
def draw_reviewer(announcement):
    services.allot_review(announcement.facts["review"])


@receives("application:withdrawn")
def end_assignments(announcement):
    services.close_all(announcement.reference)
