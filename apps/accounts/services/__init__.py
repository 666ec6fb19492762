"""The verbs of accounts: who people are, what they may do, and that it is really they."""

from apps.accounts.services.acts import (
    ActConfirmation,
    check_answer,
    check_second_factor,
    confirm_act,
    consume_confirmation,
    is_confirmed,
    second_factor_for,
    start_confirmation,
    ways_to_confirm,
)
from apps.accounts.services.codes import (
    account_of,
    check_password,
    forget_codes,
    record_sign_in,
    send_code,
    send_code_again,
    use_code,
)
from apps.accounts.services.duties import assume_duty
from apps.accounts.services.leaving import let_go
from apps.accounts.services.people import (
    account_at,
    contacts_of,
    create_applicant,
    create_demonstration_person,
    set_language,
    set_password,
    set_presence,
    tell_of_change,
)
from apps.accounts.services.roles import confirm_role, end_role, propose_role
from apps.accounts.services.staff import (
    accept_invitation,
    confirm_staff,
    found_administrators,
    invite_staff,
    send_invitation_again,
    welcome_token,
    welcomed,
)

__all__ = [
    "ActConfirmation",
    "accept_invitation",
    "account_at",
    "account_of",
    "assume_duty",
    "check_answer",
    "check_password",
    "check_second_factor",
    "confirm_act",
    "confirm_role",
    "confirm_staff",
    "consume_confirmation",
    "contacts_of",
    "create_applicant",
    "create_demonstration_person",
    "end_role",
    "let_go",
    "forget_codes",
    "found_administrators",
    "invite_staff",
    "is_confirmed",
    "propose_role",
    "record_sign_in",
    "second_factor_for",
    "send_code",
    "send_code_again",
    "send_invitation_again",
    "set_language",
    "set_password",
    "set_presence",
    "start_confirmation",
    "tell_of_change",
    "use_code",
    "ways_to_confirm",
    "welcome_token",
    "welcomed",
]
