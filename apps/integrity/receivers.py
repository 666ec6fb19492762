"""What holds a case without a person's word: a report that names it, before or after it came in."""

from apps.integrity.services import holding
from apps.outbox.registry import receives


@receives("concern:reported")
def hold_named_cases(announcement):
    holding.hold_named_cases(announcement.reference)


@receives("application:submitted")
def hold_if_reported(announcement):
    holding.hold_if_reported(announcement.reference)
    holding.hold_if_another_proved(announcement.reference)


@receives("organisation:proven")
def hold_other_claims(announcement):
    holding.hold_other_claims(announcement.reference)
