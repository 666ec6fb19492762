"""The questions about a business, at most five on a page."""

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from apps.businesses import contents
from apps.core import dates
from apps.core.fields import BRNField, DateField, PhoneField, TextField
from apps.core.forms import Choice, PortalForm
from apps.core.said import nearest
from apps.programme.models import Sector

_EXPIRY = _("As printed on it, for example 27 3 2027. It must not have ended.")
_BRN = _(
    "The first 8 digits of the number on the Business Registration Certificate, "
    "for example 12345678. You can also type the whole number."
)


def english(field_class=TextField, **kwargs):
    return _typed(field_class, "en", **kwargs)


def chinese(field_class=TextField, **kwargs):
    return _typed(field_class, "zh-Hant", **kwargs)


def _typed(field_class, language, **kwargs):
    attrs = {"lang": language, "autocomplete": kwargs.pop("autocomplete", "off")}
    return field_class(widget=forms.TextInput(attrs=attrs), **kwargs)


def address_line(label, autocomplete, *, width=None, **kwargs):
    widget = forms.TextInput(attrs={"autocomplete": autocomplete})
    field = TextField(label=label, widget=widget, **kwargs)
    field.width = width
    return field


class WhatForm(PortalForm):
    """What are you? The answer decides which questions follow."""

    what = forms.ChoiceField(
        label=_("What kind of business is it?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what kind of business it is.")},
        choices=[
            ("company", Choice(_("Limited company"))),
            ("sole_trader", Choice(_("One owner, no company"), _("A sole proprietorship."))),
            ("partnership", Choice(_("Partnership"))),
            ("branch", Choice(_("Branch of a business"), _("It has a certificate of its own."))),
            (
                "hawker",
                Choice(
                    _("Hawker with a fixed pitch"),
                    _("You hold a fixed-pitch hawker licence. No business registration needed."),
                ),
            ),
            (
                "hawker_in_building",
                Choice(
                    _("Hawker inside a building"),
                    _("A licence and a stall inside a building: business registration needed too."),
                ),
            ),
        ],
    )


class ClaimForm(PortalForm):
    """Name, number and expiry: only what applies to `what` is asked."""

    name_en = english(
        label=_("Name of the business in English"),
        required=False,
        autocomplete="organization",
        help_text=_("As registered. One language is enough."),
    )
    name_zh = chinese(label=_("Name of the business in Chinese"), required=False, autocomplete="organization")
    brn = BRNField(label=_("Business registration number"), help_text=_BRN)
    brn_branch = TextField(
        label=_("Branch number"),
        help_text=_("The three digits after the first hyphen, for example 001."),
        max_length=3,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    br_expires_on = DateField(label=_("When does the Business Registration Certificate end?"), help_text=_EXPIRY)
    licence_number = TextField(
        label=_("Hawker licence number"),
        help_text=_("As printed on the licence, in letters and digits."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    licence_expires_on = DateField(label=_("When does the licence end?"), help_text=_EXPIRY)

    FIRM = ("brn", "br_expires_on")
    ASKED = {
        "branch": ("brn", "brn_branch", "br_expires_on"),
        "hawker": ("licence_number", "licence_expires_on"),
        "hawker_in_building": ("licence_number", "licence_expires_on", "brn"),
    }

    def __init__(self, *args, what, **kwargs):
        super().__init__(*args, **kwargs)
        asked = ("name_en", "name_zh", *self.ASKED.get(what, self.FIRM))
        self.fields = {name: self.fields[name] for name in asked}
        if "brn_branch" in self.fields:
            self.fields["brn_branch"].width = 3

    def clean(self):
        return _named(self, super().clean())

    def typed(self) -> dict:
        """The cleaned answers, with the certificate number as typed: it may tell the branch."""
        raw = {"brn": self.data.get(self.add_prefix("brn"), "")} if "brn" in self.fields else {}
        return {**self.cleaned_data, **raw}


class NameForm(PortalForm):
    """Change the name or the expiry date; what is claimed, the number, stays."""

    submit_label = _("Save")
    name_en = english(label=_("Name of the business in English"), required=False)
    name_zh = chinese(label=_("Name of the business in Chinese"), required=False)
    br_expires_on = DateField(label=_("When does the Business Registration Certificate end?"), help_text=_EXPIRY)
    licence_expires_on = DateField(label=_("When does the licence end?"), help_text=_EXPIRY)

    def __init__(self, *args, organisation, **kwargs):
        super().__init__(*args, **kwargs)
        hawker = organisation.legal_form == "hawker"
        self.fields.pop("br_expires_on" if hawker else "licence_expires_on")
        if organisation.kind == "provider":
            self.fields["br_expires_on"].required = False

    def clean(self):
        return _named(self, super().clean())


class PlaceForm(PortalForm):
    """Where it trades and in which sector; a hawker's pitch and kind of licence too."""

    submit_label = _("Save and continue")
    sector = forms.ModelChoiceField(
        label=_("What does the business mainly do?"),
        queryset=Sector.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        to_field_name="code",
        error_messages={"required": _("Choose what the business mainly does.")},
    )
    licence_category = TextField(
        label=_("What does the licence allow you to sell?"),
        help_text=_("The class of goods printed on the licence."),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    pitch = TextField(
        label=_("Pitch number"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    district = forms.ChoiceField(
        label=_("District"),
        error_messages={"required": _("Choose the district.")},
        widget=forms.Select(attrs={"autocomplete": "address-level1"}),
    )
    street_or_estate = address_line(
        _("Street and number, or estate"),
        "address-line1",
        error_messages={"required": _("Enter the street with its number, or the estate.")},
    )
    building = address_line(_("Building"), "address-line2", required=False)
    floor = address_line(_("Floor"), "off", required=False, max_length=20, width=5)
    flat = address_line(_("Flat or shop"), "address-line3", required=False, max_length=20, width=5)

    ADDRESS = ("district", "street_or_estate", "building", "floor", "flat")

    def __init__(self, *args, organisation, **kwargs):
        super().__init__(*args, **kwargs)
        if organisation.legal_form != "hawker":
            del self.fields["licence_category"], self.fields["pitch"]
        sector = self.fields["sector"]
        sector.queryset = Sector.objects.in_force(dates.today())
        sector.label_from_instance = lambda one: nearest(one, "name")[0]
        self.fields["district"].choices = [("", _("Choose a district")), *_districts()]

    @cached_property
    def helper(self):
        # The pack draws what stands in the layout: an address is one question of five boxes.
        helper = super().helper
        before = [name for name in self.fields if name not in self.ADDRESS]
        helper.layout = Layout(*before, Fieldset(_("Address of the business"), *self.ADDRESS))
        return helper


class ContactForm(PortalForm):
    """Whom to ask about this business; a phone or an e-mail address is enough."""

    submit_label = _("Save and continue")
    contact_name = TextField(
        label=_("Name of the person to contact"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Enter the name of the person to contact.")},
    )
    contact_phone = PhoneField(label=_("Phone"), required=False, help_text=_("A phone number or an e-mail is enough."))
    contact_email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, *args, organisation, **kwargs):
        super().__init__(*args, **kwargs)

    def clean(self):
        cleaned = super().clean()
        given = cleaned.get("contact_phone") or cleaned.get("contact_email")
        if not given and not self.errors:
            self.add_error("contact_phone", _("Enter a phone number or an e-mail address."))
        return cleaned


SECTIONS = {"name": NameForm, "place": PlaceForm, "contact": ContactForm}


def _named(form, cleaned):
    names = ("name_en", "name_zh")
    if not any(form.errors.get(name) or cleaned.get(name) for name in names):
        form.add_error("name_en", _("Enter the name of the business in English, in Chinese, or both."))
    return cleaned


def _districts():
    """The eighteen by region, each in the reader's language."""
    for code, region in contents.REGIONS.items():
        found = [one for one in contents.DISTRICTS.values() if one.region == code]
        yield region, [(one.code, nearest(one, "name")[0]) for one in found]
