"""What is asked of whoever reports, of the helpdesk, and of the supervisor who looks into it."""

import re
import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.businesses.fields import RegistrationField
from apps.core.fields import DateField, PhoneField, TextField
from apps.core.forms import PortalForm
from apps.integrity import contents, rules


class ReferenceField(TextField):
    """A reference of ours, cleaned to the way we write it."""

    def to_python(self, value):
        try:
            return rules.case_reference(super().to_python(value))
        except ValueError:
            raise forms.ValidationError(
                _("Compare the reference: it looks like DTSPP-2026-000123-K, and one character is not right."),
                code="shape",
            ) from None


class ReportForm(PortalForm):
    """What happened, and what it is about; all of it may be told without a name."""

    submit_label = _("Send the report")
    kind = forms.ChoiceField(
        label=_("What happened?"),
        widget=forms.RadioSelect,
        choices=list(contents.KINDS.items()),
        error_messages={"required": _("Choose what happened")},
    )
    what_happened = TextField(
        label=_("Tell it in your own words"),
        lines=True,
        max_length=contents.LONGEST_STORY,
        help_text=_("Who, when, where, which words. In any language. Leave out what you do not want us to know."),
        error_messages={"required": _("Write what happened, even in a few words")},
    )
    registration = RegistrationField(
        label=_("Business registration number or hawker licence"),
        max_length=40,
        required=False,
        help_text=_("Of the business that it is about, for example 12345678"),
    )
    business_name = TextField(label=_("Name of the business"), required=False)
    provider_name = TextField(label=_("Name of the solution provider or agent"), required=False)
    case_reference = ReferenceField(label=_("Reference of the application"), max_length=40, required=False)
    way_back = TextField(
        label=_("How we can reach you"),
        required=False,
        help_text=_("A phone number or e-mail address, only if we may ask you more. It is kept apart from the report."),
    )
    key = forms.CharField(required=False, widget=forms.HiddenInput, max_length=100)

    def __init__(self, data=None, *, initial=None):
        super().__init__(data, initial={**(initial or {}), "key": uuid.uuid4()})
        self.fields["registration"].width = self.fields["case_reference"].width = 20
        for name in ("registration", "case_reference"):
            self.fields[name].widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}

    def clean_key(self):
        """A key that is none of ours is a new one: somebody played with the page."""
        key = self.cleaned_data["key"]
        return key if re.fullmatch(r"[0-9a-f-]{36}", key) else str(uuid.uuid4())

    def given(self) -> dict:
        """What the verbs take, save who and from where."""
        data = dict(self.cleaned_data)
        data["brn"], data["licence"] = data.pop("registration")
        return data


class RecordForm(ReportForm):
    """The same, taken down for somebody else."""

    submit_label = _("Keep this report")
    channel = forms.ChoiceField(
        label=_("How did it reach you?"),
        widget=forms.RadioSelect,
        choices=[one for one in contents.CHANNELS.items() if one[0] != contents.WEB],
        error_messages={"required": _("Choose how it reached you")},
    )
    field_order = ["channel"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        told, way_back = self.fields["what_happened"], self.fields["way_back"]
        told.label, told.help_text = (
            _("What was said, in the person’s own words"),
            _("In the language in which it was said"),
        )
        way_back.label, way_back.help_text = _("How to reach who reported"), _("It is kept apart from the report.")


class LookUpForm(PortalForm):
    """By whatever the caller can name; posted, so that no address keeps a number."""

    submit_label = _("Look up")
    case_reference = ReferenceField(label=_("Reference"), max_length=40, required=False)
    registration = RegistrationField(label=_("BR number or hawker licence"), max_length=40, required=False)
    name = TextField(label=_("Name of the business"), required=False)
    phone = PhoneField(label=_("Phone"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.optional_shown = False

    def clean(self):
        data = super().clean() or self.cleaned_data
        if not self.errors and not any([*data["registration"], data["case_reference"], data["name"], data["phone"]]):
            raise forms.ValidationError(_("Fill in one of the boxes to look by."))
        return data

    def given(self) -> dict:
        data = dict(self.cleaned_data)
        data["brn"], data["licence"] = data.pop("registration")
        return data


class CallForm(PortalForm):
    """Who asked, about what, and what was said."""

    submit_label = _("Keep this contact")
    secondary = True
    channel = RecordForm.base_fields["channel"]
    who = TextField(label=_("Who asked"), required=False)
    phone = PhoneField(label=_("Phone"), required=False)
    registration = RegistrationField(label=_("BR number or hawker licence"), max_length=40, required=False)
    case_reference = ReferenceField(label=_("Reference"), max_length=40, required=False)
    words = TextField(
        label=_("What was asked, and what you said"),
        lines=True,
        max_length=3000,
        error_messages={"required": _("Write what was asked, and what you said")},
    )
    field_order = ["channel", "who", "phone", "registration", "case_reference", "words"]

    def clean(self):
        data = super().clean() or self.cleaned_data
        if not self.errors and not any([*data["registration"], data["case_reference"], data["who"], data["phone"]]):
            self.add_error("who", _("Say whom it was about: a name, a phone, a number or a reference."))
        return data

    def given(self) -> dict:
        data = dict(self.cleaned_data)
        data["brn"], data["licence"] = data.pop("registration")
        return data


class Reasoned(PortalForm):
    reasons = TextField(
        label=_("Reasons"),
        lines=True,
        max_length=3000,
        help_text=_("Kept with the file. Nobody in the case reads them, and they cannot be changed later."),
        error_messages={"required": _("Write the reasons")},
    )


class NextWordForm(Reasoned):
    submit_label = _("Set this day")
    day = DateField(label=_("Day by which the applicant hears from us"), help_text=_("For example 27 3 2027"))
    field_order = ["day", "reasons"]


class CloseForm(Reasoned):
    submit_label = _("Close the hold")
    warning = True
    verdict = forms.ChoiceField(
        label=_("How did the check end?"),
        widget=forms.RadioSelect,
        choices=list(contents.VERDICTS.items()),
        error_messages={"required": _("Choose how the check ended")},
    )
    field_order = ["verdict", "reasons"]


class MatchForm(PortalForm):
    submit_label = _("Hold this case")
    case_reference = ReferenceField(
        label=_("Reference of the case that it means"),
        max_length=40,
        error_messages={"required": _("Enter the reference of the case")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["case_reference"].width = 20


class ForgetForm(PortalForm):
    submit_label = _("Remove how to reach who reported")
    secondary = True


class SetAsideForm(Reasoned):
    submit_label = _("Set the report aside")
    secondary = True
