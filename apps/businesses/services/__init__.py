"""The verbs of businesses. Who may is asked in each of them."""

from apps.businesses.services.claiming import (
    DETAILS,
    add_business,
    add_member,
    change_business,
    end_member,
    register_provider,
)
from apps.businesses.services.posting import (
    arrives_by,
    ask_for_code,
    enter_code,
    letters_to_post,
    print_code_letters,
    refuse_code_letter,
)
from apps.businesses.services.proving import find_claims, holder_of, prove, provers_of, record_seen

__all__ = [
    "DETAILS",
    "add_business",
    "add_member",
    "arrives_by",
    "ask_for_code",
    "change_business",
    "end_member",
    "enter_code",
    "find_claims",
    "holder_of",
    "letters_to_post",
    "print_code_letters",
    "prove",
    "provers_of",
    "record_seen",
    "refuse_code_letter",
    "register_provider",
]
