"""What people type to open an account, to sign in, and to show that it is they."""

import re
import unicodedata

from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm
from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

from apps.accounts import services
from apps.accounts.rules import ROLES, normal_contact, normal_phone
from apps.core.errors import Refused
from apps.core.fields import DateField, TextField, show_phone
from apps.core.forms import PortalForm, PortalFormMixin
from apps.core.languages import CHOICES as LANGUAGES

ROLE_NAMES = {
    "case_officer": _("Case officer"),
    "approver": _("Approver"),
    "reviewer": _("Reviewer"),
    "supervisor": _("Supervisor"),
    "auditor": _("Auditor"),
    "administrator": _("Administrator"),
    "helpdesk": _("Helpdesk"),
    "claim_verifier": _("Claim verifier"),
    "payment_approver": _("Payment approver"),
    "releaser": _("Releaser"),
}


class ContactField(forms.CharField):
    """An e-mail address or a Hong Kong mobile number in one box; cleans to (channel, address)."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Mobile number or e-mail address"))
        kwargs.setdefault(
            "widget",
            forms.TextInput(attrs={"autocomplete": "username", "spellcheck": "false", "autocapitalize": "none"}),
        )
        kwargs.setdefault("error_messages", {"required": _("Enter your mobile number or e-mail address")})
        super().__init__(max_length=254, **kwargs)

    def clean(self, value):
        text = super().clean(value)
        contact = normal_contact(text)
        if contact:
            return contact
        if normal_phone(text):
            raise forms.ValidationError(
                _("Enter a mobile number: a fixed line cannot receive the code. Or use an e-mail address."),
                code="fixed_line",
            )
        raise forms.ValidationError(
            _("Enter an e-mail address such as name@example.com, or a mobile number such as 9123 4567"),
            code="shape",
        )


class DigitsField(forms.CharField):
    """A one-time code: spaces and full-width digits are accepted; cleans to plain digits."""

    width = 10

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Code"))
        kwargs.setdefault("error_messages", {"required": _("Enter the 6 digits of the code")})
        kwargs.setdefault(
            "widget",
            forms.TextInput(
                attrs={
                    "inputmode": "numeric",
                    "autocomplete": "one-time-code",
                    "spellcheck": "false",
                }
            ),
        )
        super().__init__(max_length=40, **kwargs)

    def to_python(self, value):
        return tidy_digits(super().to_python(value))


def tidy_digits(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text or "").replace("-", "").split())


class SignUpForm(PortalForm):
    submit_label = _("Send me a code")
    full_name = TextField(
        label=_("Your full name"),
        error_messages={"required": _("Enter your full name")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    contact = ContactField(help_text=_("We send a code there to make sure that it is yours."))
    next = forms.CharField(required=False, widget=forms.HiddenInput)


class SignInForm(PortalForm):
    submit_label = _("Continue")
    contact = ContactField()
    password = forms.CharField(
        label=_("Password"),
        required=False,
        max_length=256,
        strip=False,
        help_text=_("Leave this empty and we send you a one-time code instead."),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)


class CodeForm(PortalForm):
    submit_label = _("Continue")
    code = DigitsField()


class NewPasswordForm(PortalForm):
    submit_label = _("Save password")
    password = forms.CharField(
        label=_("New password"),
        max_length=256,
        strip=False,
        help_text=_("At least 12 characters. Three or four words that do not belong together work well."),
        error_messages={"required": _("Enter a password")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class LanguageForm(PortalForm):
    submit_label = _("Save language")
    language = forms.ChoiceField(
        label=_("Language of mails and text messages"), choices=LANGUAGES, widget=forms.RadioSelect
    )


class InviteForm(PortalForm):
    submit_label = _("Invite this person")
    full_name = TextField(label=_("Full name"))
    email = TextField(label=_("Office e-mail address"), max_length=254)
    staff_number = TextField(label=_("Staff number"), max_length=32)
    role = forms.ChoiceField(label=_("Role"), choices=list(ROLE_NAMES.items()), widget=forms.RadioSelect)
    ends_on = DateField(label=_("Last day of employment"), required=False)
    present = forms.BooleanField(label=_("Receives work from the first day"), required=False, initial=True)


class RoleForm(PortalForm):
    submit_label = _("Propose this role")
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[(role, ROLE_NAMES[role]) for role in ROLES],
        widget=forms.RadioSelect,
    )
    ends_on = DateField(label=_("Last day"), required=False)


class SecondFactorForm(PortalFormMixin, AuthenticateForm):
    """The step after the password: the authenticator app's digits, or a recovery code."""

    submit_label = _("Sign in")
    code = DigitsField(label=_("Code from your authenticator app"), help_text=_("Or one of your recovery codes."))

    def clean_code(self):
        try:
            self.authenticator = services.second_factor_for(self.user, self.cleaned_data["code"])
        except Refused as refusal:
            raise forms.ValidationError(refusal.message, code=refusal.code) from refusal
        return self.cleaned_data["code"]


class ActivateAppForm(PortalFormMixin, ActivateTOTPForm):
    submit_label = _("Turn it on")
    code = DigitsField(label=_("The 6 digits that the app shows"))

    @property
    def key_in_groups(self):
        """The secret as people type it from a page: four characters at a time."""
        return " ".join(re.findall(".{1,4}", self.secret))

    def clean_code(self):
        try:
            return super().clean_code()
        except forms.ValidationError as fault:
            raise forms.ValidationError(
                _("That is not the code your app shows now. Wait for the next one and type it."),
                code="wrong_factor",
            ) from fault


class _KeyAnswer:
    """What a browser says for a security key; nonsense is an error of the form, not of the
    portal."""

    def clean(self):
        return self._or_refuse(super().clean)

    def clean_credential(self):
        ask = getattr(super(), "clean_credential", None)
        return self._or_refuse(ask) if ask else self.cleaned_data["credential"]

    def _or_refuse(self, check):
        try:
            return check()
        except (TypeError, KeyError, ValueError, AttributeError) as fault:
            raise forms.ValidationError(
                _("The key did not answer as expected. Try again."), code="key_answer"
            ) from fault


class AddKeyForm(_KeyAnswer, AddWebAuthnForm):
    pass


class UseKeyForm(_KeyAnswer, AuthenticateWebAuthnForm):
    pass


class CodeBox(forms.TextInput):
    """A box for a one-time code with the button that sends it; a wrong code is not shown again."""

    template_name = "accounts/widgets/code.html"

    def get_context(self, name, value, attrs):
        return super().get_context(name, None, attrs)


class ConfirmItIsYou:
    """Put before PortalForm: the form also asks her to show that it is she, for this act.

    `class AcceptForm(ConfirmItIsYou, PortalForm)`, made with `account=`, `act=` (a fixed text
    such as "offer:accept:DTSPP-2026-000123-K"), `document_hash=` and, for the words of the
    message, `act_label=`. It shows a password field, a field for the authenticator app, or
    "Send me a code" with a field; pressing that button only sends, shows the same page with
    everything typed, and the form is not valid. Once valid, services.consume_confirmation
    with the same act and hash succeeds once, within ten minutes.
    """

    field_order_last = "confirm_answer"

    def __init__(self, *args, account, act, document_hash, act_label="", **kwargs):
        self.account, self.act, self.document_hash, self.act_label = (
            account,
            act,
            document_hash,
            act_label,
        )
        self.code_sent_to = ""
        super().__init__(*args, **kwargs)
        if not services.is_confirmed(account, act, document_hash):
            self.fields["confirm_answer"] = self._field()

    def _field(self):
        self.ways = services.ways_to_confirm(self.account)
        if self.ways == ("code",):
            return DigitsField(
                label=_("Code to confirm that it is you"),
                widget=CodeBox(
                    attrs={
                        "inputmode": "numeric",
                        "autocomplete": "one-time-code",
                        "spellcheck": "false",
                    }
                ),
                help_text=_("Press “Send me a code”, then type the 6 digits here."),
            )
        labels = {
            ("password",): _("Your password, to confirm that it is you"),
            ("second_factor",): _("The 6 digits from your authenticator app, to confirm that it is you"),
        }
        return forms.CharField(
            label=labels.get(
                self.ways,
                _("Your password or the digits from your authenticator app, to confirm that it is you"),
            ),
            max_length=256,
            strip=False,
            error_messages={"required": _("Confirm that it is you")},
            widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        )

    @property
    def wants_code(self):
        """Whether the button "Send me a code" was pressed, and not Enter in the box beside it."""
        return (
            self.is_bound
            and "send_code" in self.data
            and "confirm_answer" in self.fields
            and not self.data.get(self.add_prefix("confirm_answer"), "").strip()
        )

    def full_clean(self):
        if not self.wants_code:
            return super().full_clean()
        self._errors, self.cleaned_data = ErrorDict(), {}
        return self._send_code()

    def _send_code(self):
        try:
            code = services.start_confirmation(self.account, self.act, self.document_hash, act_label=self.act_label)
        except Refused as refusal:
            self.add_error("confirm_answer", refusal.message)
            return
        self.code_sent_to = show_phone(code.address)
        self.fields["confirm_answer"].help_text = _("We have sent a code to %(contact)s. It works for 10 minutes.") % {
            "contact": self.code_sent_to
        }

    def is_valid(self):
        return super().is_valid() and not self.wants_code

    def clean(self):
        cleaned = super().clean()
        answer = self.cleaned_data.get("confirm_answer")
        if answer:
            try:
                services.confirm_act(
                    account=self.account,
                    act=self.act,
                    document_hash=self.document_hash,
                    answer=answer,
                )
            except Refused as refusal:
                self.add_error("confirm_answer", forms.ValidationError(refusal.message, code=refusal.code))
        return cleaned


class AgainForm(ConfirmItIsYou, PortalForm):
    """Only that: it is you, before something that changes how you sign in."""

    submit_label = _("Continue")


class LeftForm(PortalForm):
    """Nothing is asked: the button names what ends."""

    submit_label = _("Close the account today")
    warning = True
