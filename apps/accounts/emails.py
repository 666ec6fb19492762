"""The words of codes, links and warnings, in the language of the person they go to."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

CHANGES = {
    "password_set": gettext_lazy("a new password was set"),
    "mfa/email/totp_activated": gettext_lazy("an authenticator app was added"),
    "mfa/email/totp_deactivated": gettext_lazy("the authenticator app was removed"),
    "mfa/email/webauthn_added": gettext_lazy("a security key was added"),
    "mfa/email/webauthn_removed": gettext_lazy("a security key was removed"),
    "mfa/email/recovery_codes_generated": gettext_lazy("new recovery codes were made"),
}


def code(digits: str, code, language: str, act_label="") -> tuple[str, str]:
    """Subject and text for a one-time code; the subject never carries the digits."""
    with override(language):
        if code.account is None and code.purpose == "sign_in":
            return _nobody_here()
        lines = [
            _opening(code, act_label) % {"code": digits, "act": act_label},
            _("It works for 10 minutes."),
            _("Nobody from this office will ask you for it."),
        ]
        return str(_("Your one-time code")), " ".join(str(line) for line in lines)


def _opening(code, act_label):
    if code.purpose == "act" and act_label:
        return _("%(code)s is your code to confirm: %(act)s.")
    if code.purpose == "sign_up" and code.account is not None:
        return _("You already have an account with Digital Transformation Support. %(code)s signs you in.")
    return _("%(code)s is your code for Digital Transformation Support.")


def _nobody_here():
    return str(_("No account here yet")), str(
        _(
            "Somebody asked for a code to sign in to Digital Transformation Support with this "
            "contact. "
            "There is no account with it. To open one, go to the site and choose “Create an "
            "account”."
        )
    )


def security_change(what: str, language: str) -> tuple[str, str]:
    with override(language):
        text = _(
            "On your account with Digital Transformation Support, %(change)s. "
            "If this was not you, call the helpdesk now."
        ) % {"change": CHANGES[what]}
        return str(_("Your account was changed")), text


def welcome(full_name: str, token: str, language: str) -> tuple[str, str]:
    """The first link for an officer; the page behind it acts only on a button."""
    with override(language):
        text = _(
            "You have been invited to work in the Digital Transformation Support portal.\n\n"
            "Open %(address)s within 7 days to choose a password and set up your authenticator "
            "app.\n\n"
            "The link works once."
        ) % {"address": welcome_address(token)}
        return str(_("Set up your access")), text


def welcome_address(token: str) -> str:
    return settings.PORTAL_ADDRESS + reverse("accounts:welcome", args=[token])
