"""The columns of the lists that load_catalogue reads: what each means, how it is cleaned."""

import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from apps.businesses.contents import DISTRICT_CHOICES
from apps.businesses.rules import PROVIDER_ROLES
from apps.catalogue import rules
from apps.core.fields import BRNField, MoneyField, PhoneField, TextField
from apps.core.languages import CHOICES as LANGUAGE_CHOICES

LANGUAGES = ("en", "zh_hant", "zh_hans")


@dataclass(frozen=True)
class Column:
    name: str
    field: Any
    means: str


class _Number(forms.CharField):
    """A whole number from `least` to `most`, in ordinary digits."""

    def __init__(self, least, most, **kwargs):
        super().__init__(**kwargs)
        self.least, self.most = least, most

    def clean(self, value):
        if not value and not self.required:
            return None
        if not re.fullmatch(r"[0-9]{1,6}", value) or not self.least <= int(value) <= self.most:
            raise ValidationError(
                _("Write a whole number from %(least)s to %(most)s.") % {"least": self.least, "most": self.most}
            )
        return int(value)


class _Words(forms.CharField):
    """Codes with spaces between, each from `known` (any code when none are given)."""

    def __init__(self, known=(), **kwargs):
        super().__init__(**kwargs)
        self.known = known

    def clean(self, value):
        words = tuple(dict.fromkeys(value.split()))
        unknown = [word for word in words if self.known and word not in self.known]
        if unknown or (self.required and not words):
            raise ValidationError(
                _("Write one or more of: %(known)s.") % {"known": ", ".join(self.known) or _("codes")}
            )
        return words


class _OneOf(forms.ChoiceField):
    def __init__(self, codes, **kwargs):
        words = _("Write one of: %(codes)s.") % {"codes": ", ".join(codes)}
        super().__init__(
            choices=[(code, code) for code in codes],
            error_messages={"invalid_choice": words, "required": words},
            **kwargs,
        )


def _mail():
    return forms.EmailField(
        required=False,
        error_messages={"invalid": _("Write an e-mail address such as name@example.com.")},
    )


def _in_three(name, means, **field):
    return [Column(f"{name}_{code}", TextField(**field), f"{means}, {code}") for code in LANGUAGES]


_PLACE = [
    Column("brn", BRNField(), "the provider, by its business registration number"),
    Column("category", forms.SlugField(), "code of the category"),
    Column("sector", forms.SlugField(), "code of the sector"),
]

FILES = {
    "organisations.csv": [
        Column("brn", BRNField(), "business registration number: 8 digits, or as on the certificate"),
        Column("name_en", TextField(required=False), "name in English; one of the two names is needed"),
        Column("name_zh", TextField(required=False), "name in Chinese"),
        Column("district", _OneOf([code for code, _name in DISTRICT_CHOICES]), "code of the district"),
        Column("street_or_estate", TextField(), "street and number, or estate"),
        Column("building", TextField(required=False), "building"),
        Column("floor", TextField(required=False, max_length=20), "floor"),
        Column("flat", TextField(required=False, max_length=20), "flat or shop"),
        Column("contact_name", TextField(required=False, max_length=100), "whom the secretariat calls"),
        Column("contact_phone", PhoneField(required=False), "Hong Kong number of 8 digits"),
        Column("contact_email", _mail(), "e-mail address"),
    ],
    "members.csv": [
        Column("brn", BRNField(), "the provider, by its business registration number"),
        Column("role", _OneOf(PROVIDER_ROLES), "what the member may do"),
        Column("full_name", TextField(), "the person's name"),
        Column("email", _mail(), "to sign in with; e-mail or phone is needed"),
        Column("phone", PhoneField(required=False), "mobile number to sign in with"),
        Column("language", _OneOf([code for code, _name in LANGUAGE_CHOICES]), "language of messages"),
    ],
    "packages.csv": [
        *_PLACE,
        *_in_three("name", "name of the package"),
        *_in_three("description", "what it does", lines=True, max_length=2000),
        *_in_three("delivered", "what is delivered", lines=True, max_length=1000),
        Column("pricing", _OneOf((rules.ONE_OFF, rules.MONTHLY)), "one_off or monthly"),
        Column("price", MoneyField(), "HK$, once or for each month"),
        Column("months", _Number(1, 60, required=False), "months bought; for monthly pricing only"),
        Column("days_to_deploy", _Number(1, 366), "calendar days from order to use"),
        Column("languages", _Words(rules.LANGUAGES), "languages of support, the main one first"),
        Column("support_days", _OneOf(rules.SUPPORT_DAYS), "days on which support answers"),
        Column("support_from", _Number(0, 23), "hour from which support answers"),
        Column("support_to", _Number(1, 24), "hour until which support answers"),
        Column("requirements", _Words(), "codes of the category's requirements that it meets"),
    ],
    "options.csv": [
        *_PLACE,
        *_in_three("name", "name of the option"),
        Column("price", MoneyField(), "HK$, fixed"),
    ],
}


def described() -> str:
    """Every file with its columns, for the command's help."""
    lines = []
    for name, columns in FILES.items():
        lines += [name, *(f"  {column.name:20} {column.means}" for column in columns), ""]
    return "\n".join(lines)
