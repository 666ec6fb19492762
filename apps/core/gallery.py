"""What the gallery page shows: every component with invented contents, fields in error too."""

from datetime import UTC, date, datetime

from django import forms
from django.utils.translation import gettext as _

from apps.core import fields
from apps.core.forms import Choice, PortalForm
from apps.core.receipt import Receipt, ReceiptRow


class EveryField(PortalForm):
    submit_label = "Send these answers"
    later_label = "Save and come back later"
    cancel_url = "#"

    name = fields.TextField(label="Name of the business", help_text="As on the certificate")
    about = fields.TextField(label="What the business does", lines=True, required=False)
    number = fields.BRNField(label="Business registration number", help_text="The first 8 digits")
    people = fields.HeadcountField(label="How many people work full time?")
    price = fields.MoneyField(label="Price in Hong Kong dollars")
    since = fields.DateField(label="When does the certificate end?", help_text="For example, 27 3 2027")
    phone = fields.PhoneField(label="Mobile number", required=False)
    secret = forms.CharField(label="Password", widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))
    district = forms.ChoiceField(label="District", choices=[("", ""), ("ssp", "Sham Shui Po"), ("kt", "Kwun Tong")])
    owner = forms.ChoiceField(
        label="Are you the owner?",
        widget=forms.RadioSelect,
        choices=[
            ("yes", "Yes"),
            ("no", Choice("No, I prepare it for the owner", hint="The owner signs at the end")),
        ],
    )
    options = forms.MultipleChoiceField(
        label="Choose what you need",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[
            ("m", Choice("Members and e-coupons", price_cents=650_000)),
            ("p", Choice("Second kitchen printer", hint="For a second floor", price_cents=240_000)),
        ],
    )
    paper = forms.FileField(label="Photo of the certificate", help_text="JPG, PNG or PDF, at most 10 MB")
    agreed = forms.BooleanField(label="I have read the declarations")


class SomeFilters(PortalForm):
    form_method = "get"
    submit_label = "Show packages"
    words = forms.CharField(label="Search", required=False)
    sector = forms.ChoiceField(label="Sector", required=False, choices=[("", "All"), ("fb", "Food and Beverage")])


def contents(in_error=False):
    """The gallery's context; `in_error` fills the form so that every field complains."""
    return {
        "form": EveryField(
            {"price": "1e3", "since_day": "31", "since_month": "2", "since_year": "2027"} if in_error else None
        ),
        "in_error": in_error,
        "filter_form": SomeFilters(auto_id="filter_%s"),
        "receipt": _receipt(),
        "struck": _struck(),
        "stages": _stages(),
        "tasks": _tasks(),
        "rows": _rows(),
        "findings": _findings(),
        "pens": ["applicant", "officer", "provider", "nobody"],
        "colours": ["action", "jade", "amber", "brick", "harbour", "grey"],
        "crumbs": [("Packages", "#"), ("Kitchen-to-counter point of sale", "")],
        "day": date(2026, 11, 26),
        "moment": datetime(2026, 11, 26, 10, 0, tzinfo=UTC),
        "counts": {"mine": 14, "due_soon": 3, "second_person": 5},
    }


def _receipt():
    return Receipt(
        title=_("What this would cost you"),
        rows=(ReceiptRow("Basic package", 3_800_000), ReceiptRow("Members and e-coupons", 650_000)),
        rule_rows=(
            ReceiptRow("Eligible cost", 4_450_000),
            ReceiptRow("Half of it", 2_225_000),
            ReceiptRow("Your ceiling left", 5_000_000),
        ),
        grant_cents=2_225_000,
        pays_cents=2_225_000,
        note="You pay the provider first and are paid back after delivery. Rules of 2024.1.",
    )


def _struck():
    return Receipt(
        title="Recommended",
        rows=(
            ReceiptRow("Basic package", 3_800_000),
            ReceiptRow("Members and e-coupons", 650_000, True),
        ),
        rule_rows=(ReceiptRow("Eligible cost", 3_800_000), ReceiptRow("Half of it", 1_900_000)),
        grant_cents=1_900_000,
        pays_cents=1_900_000,
    )


def _stages():
    return [
        {"label": "Provider confirmed the price", "state": "done", "date": date(2026, 11, 9)},
        {
            "label": "Application sent",
            "state": "done",
            "date": datetime(2026, 11, 12, 7, 8, tzinfo=UTC),
        },
        {
            "label": "Documents are checked",
            "state": "now",
            "tag": "Your turn",
            "tag_colour": "action",
            "note": "The photo of the certificate cannot be read.",
        },
        {
            "label": "Decision",
            "state": "todo",
            "date": "Our target is 8 working days after your documents",
        },
        {"label": "Accept, install, claim", "state": "todo"},
    ]


def _tasks():
    return [
        {"title": "Your business", "url": "#", "state": "done"},
        {"title": "People who work for you", "url": "#", "state": "started"},
        {"title": "Owners", "url": "#", "state": "todo"},
        {
            "title": "Documents",
            "url": "#",
            "state": "problem",
            "hint": "One file could not be opened",
        },
        {
            "title": "Check and submit",
            "state": "blocked",
            "hint": "Complete the sections above first",
        },
    ]


def _rows():
    return [
        {
            "label": "Name",
            "value": "明記麵家",
            "lang": "zh-hant",
            "change_url": "#",
            "what": "the name",
        },
        {
            "label": "Address",
            "value": "Shop 3, G/F\n88 Pei Ho Street\nSham Shui Po",
            "change_url": "#",
        },
        {"label": "Reference", "value": "DTSPP-2026-000123-K"},
    ]


def _findings():
    return [
        {
            "verdict": "met",
            "title": "Registered as a business",
            "words": "Runs to 14 March 2027.",
            "basis": "Looked up in the register on 24 Nov by O. Ho",
        },
        {
            "verdict": "ask",
            "title": "Applied for by the owner",
            "words": "Told of the programme by a seller.",
        },
        {
            "verdict": "not_met",
            "title": "In one of the sectors",
            "words": "The licence is for another trade.",
        },
    ]
