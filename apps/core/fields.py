"""Strict form fields: what people really type is accepted, all else gets a sentence that helps.

Each cleans to the one way we store it: cents, a date, +85291234567, an 8-digit BRN.
"""

import re
import unicodedata
from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.money import format_cents, parse_cents

# Marks that change the reading direction of what follows could make a name read as another.
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff\u2028\u2029]")

# What takes no room to see could make two names look like one: blanks of no width, fillers, tags, noncharacters.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2064\u206a-\u206f\u2800\u3164\uffa0\ufdd0-\ufdef"
    "\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
    + "".join(chr(plane << 16 | end) for plane in range(1, 17) for end in (0xFFFE, 0xFFFF))
    + "]"
)
# Joiners belong to the spelling between letters of scripts that join (Urdu, Nepali), and nowhere else in a name.
_JOINER = re.compile("[\u200c\u200d]")
_JOINING = re.compile("(?<=[\u0600-\u08ff\u0900-\u109f\u1780-\u18af])[\u200c\u200d]+")


class TextField(forms.CharField):
    """Any script, stored as typed in NFC; one line unless `lines`."""

    def __init__(self, *, lines=False, max_length=200, **kwargs):
        if lines:
            kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
        self.lines = lines
        kwargs.setdefault("error_messages", {})
        kwargs["error_messages"].setdefault("required", _("Enter an answer"))
        kwargs["error_messages"].setdefault(
            "max_length", _("Shorten this to %(limit_value)d characters or fewer. It has %(show_value)d.")
        )
        super().__init__(max_length=max_length, strip=True, **kwargs)
        self.validators = [v for v in self.validators if type(v).__name__ != "ProhibitNullCharactersValidator"]

    def to_python(self, value):
        text = unicodedata.normalize("NFC", super().to_python(value) or "")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        text = text if self.lines else text.replace("\t", " ")
        if self._hides_something(text):
            raise forms.ValidationError(
                _("Type this again without hidden characters. They can come along when text is copied."),
                code="hidden_characters",
            )
        return text

    def _hides_something(self, text):
        if _CONTROL.search(text) or _BIDI.search(text) or _UNSEEN.search(text):
            return True
        return not self.lines and ("\n" in text or bool(_JOINER.search(_JOINING.sub("", text))))


class MoneyField(forms.CharField):
    """A sum in HK$, cleaned to integer cents. Never a number box: those take 1e3 and lose commas."""

    def __init__(self, *, most_cents=None, least_cents=1, **kwargs):
        self.most_cents, self.least_cents = most_cents, least_cents
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        kwargs.setdefault("error_messages", {}).setdefault("required", _("Enter a sum in Hong Kong dollars"))
        super().__init__(max_length=30, **kwargs)

    def to_python(self, value):
        if value in self.empty_values:
            return None
        try:
            cents = parse_cents(str(value))
        except ValueError:
            raise forms.ValidationError(
                _("Enter a sum such as 1,234.50: digits, and at most two after the point"), code="shape"
            ) from None
        return self._inside(cents)

    def _inside(self, cents):
        if cents < self.least_cents:
            raise forms.ValidationError(
                _("Enter HK$%(least)s or more"), code="too_small", params={"least": format_cents(self.least_cents)}
            )
        if self.most_cents is not None and cents > self.most_cents:
            raise forms.ValidationError(
                _("Enter HK$%(most)s or less"), code="too_big", params={"most": format_cents(self.most_cents)}
            )
        return cents

    def validate(self, value):
        if value is None and self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value):
        return

    def prepare_value(self, value):
        return format_cents(value, always_cents=bool(value % 100)) if isinstance(value, int) else value


class HeadcountField(forms.CharField):
    """A whole number of people, 0 to 99,999."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))
        kwargs.setdefault("error_messages", {}).setdefault(
            "required", _("Enter a number of people, 0 if there are none")
        )
        super().__init__(max_length=20, **kwargs)

    def to_python(self, value):
        tidy = unicodedata.normalize("NFKC", str(value or "")).strip().replace(",", "")
        if not tidy:
            return None
        if not re.fullmatch(r"[0-9]{1,5}", tidy):
            raise forms.ValidationError(_("Enter a whole number of people, such as 12"), code="shape")
        return int(tidy)

    def validate(self, value):
        if value is None and self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value):
        return


class PhoneField(forms.CharField):
    """A Hong Kong number, cleaned to +852 and 8 digits."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"}))
        kwargs.setdefault("error_messages", {}).setdefault("required", _("Enter a phone number"))
        super().__init__(max_length=40, **kwargs)

    def to_python(self, value):
        phone = tidy_phone(str(value or ""))
        if not phone:
            return ""
        if phone is NOT_A_PHONE:
            raise forms.ValidationError(
                _("Enter a Hong Kong phone number of 8 digits, such as 9123 4567"), code="shape"
            )
        return phone

    def prepare_value(self, value):
        return show_phone(value) if isinstance(value, str) else value


NOT_A_PHONE = object()


def tidy_phone(text: str):
    """ "+85291234567" from what was typed, "" from nothing, NOT_A_PHONE from anything else."""
    tidy = re.sub(r"[\s()\-‐–.]", "", unicodedata.normalize("NFKC", text))
    tidy = re.sub(r"^(\+852|00852|852(?=[0-9]{8}$))", "", tidy)
    if not tidy:
        return ""
    return f"+852{tidy}" if re.fullmatch(r"[2-9][0-9]{7}", tidy) else NOT_A_PHONE


def show_phone(phone: str) -> str:
    return f"{phone[4:8]} {phone[8:]}" if re.fullmatch(r"\+852[0-9]{8}", phone or "") else phone


class BRNField(forms.CharField):
    """A business registration number: the first 8 digits of the certificate number.

    Cleans to the 8 digits; `branch_of` tells the branch when the whole number was typed.
    Source: the certificate's layout (programme.md, Identity); no check digit is published.
    """

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off"}))
        kwargs.setdefault("error_messages", {}).setdefault(
            "required", _("Enter the business registration number, the first 8 digits on the certificate")
        )
        super().__init__(max_length=40, **kwargs)

    def to_python(self, value):
        tidy = _tidy_number(str(value or ""))
        if not tidy:
            return ""
        if re.fullmatch(r"[A-Z][0-9]{7}", tidy):
            raise forms.ValidationError(
                _(
                    "%(number)s is a number for bodies outside the business register. It shows no business "
                    "registration. Enter the 8 digits of a business registration certificate."
                ),
                code="dummy",
                params={"number": tidy},
            )
        if not re.fullmatch(r"[0-9]{8}([0-9]{3}([0-9]{2}){2}[0-9])?", tidy):
            raise forms.ValidationError(
                _("Enter 8 digits, such as 12345678. On the certificate they stand before the first hyphen."),
                code="shape",
            )
        return tidy[:8]


def _tidy_number(text):
    tidy = unicodedata.normalize("NFKC", text).upper()
    return re.sub(r"[\s\-‐‑–—]", "", tidy)


def brn_branch(text: str) -> str:
    """ "000" (head office) or another branch, from the whole certificate number; "" if not typed."""
    tidy = _tidy_number(text)
    return tidy[8:11] if re.fullmatch(r"[0-9]{16}", tidy) else ""


class DateWidget(forms.MultiWidget):
    template_name = "portal/widgets/date.html"

    def __init__(self, attrs=None):
        boxes = [
            forms.TextInput(attrs={"inputmode": "numeric", "maxlength": size, "autocomplete": "off"})
            for size in (2, 2, 4)
        ]
        super().__init__(dict(zip(("day", "month", "year"), boxes, strict=True)), attrs)

    def decompress(self, value):
        return [value.day, value.month, value.year] if value else [None, None, None]


class DateField(forms.MultiValueField):
    """A date typed as day, month and year in three boxes."""

    widget = DateWidget

    def __init__(self, **kwargs):
        boxes = [forms.CharField(required=False, max_length=8) for _part in range(3)]
        kwargs.setdefault("error_messages", {}).setdefault("required", _("Enter a date, such as 27 3 2027"))
        super().__init__(boxes, require_all_fields=False, **kwargs)

    def clean(self, value):
        parts = [unicodedata.normalize("NFKC", str(part or "")).strip() for part in value or ["", "", ""]]
        if not any(parts):
            if self.required:
                raise forms.ValidationError(self.error_messages["required"], code="required")
            return None
        return self._day(parts)

    def _day(self, parts):
        missing = [name for name, part in zip((_("day"), _("month"), _("year")), parts, strict=False) if not part]
        if missing:
            raise forms.ValidationError(
                _("Add the %(part)s to the date"), code="incomplete", params={"part": missing[0]}
            )
        try:
            if not re.fullmatch(r"[0-9]{1,2} [0-9]{1,2} [0-9]{4}", " ".join(parts)):
                raise ValueError(parts)
            day, month, year = map(int, parts)
            return date(year, month, day)
        except ValueError:
            raise forms.ValidationError(
                _("Enter a real date with numbers, such as 27 3 2027"), code="no_such_day"
            ) from None

    def compress(self, values):
        return values
