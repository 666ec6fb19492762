"""The verbs of the catalogue: list what providers offer, ask for it, and promise it."""

from apps.catalogue.services.answering import confirm_enquiry, decline_enquiry, use_confirmation
from apps.catalogue.services.enquiring import (
    enquire,
    lapse_enquiries,
    lapse_enquiry,
    withdraw_enquiry,
)
from apps.catalogue.services.listing import (
    list_package,
    list_packages,
    list_provider,
    reinstate_provider,
    suspend_provider,
    withdraw_package,
)
from apps.catalogue.services.pricing import award_for, award_lines, lines_of

__all__ = [
    "award_for",
    "award_lines",
    "confirm_enquiry",
    "decline_enquiry",
    "enquire",
    "lapse_enquiries",
    "lapse_enquiry",
    "lines_of",
    "list_package",
    "list_packages",
    "list_provider",
    "reinstate_provider",
    "suspend_provider",
    "use_confirmation",
    "withdraw_enquiry",
    "withdraw_package",
]
