"""Finding cases by whatever an officer has before him: reference, number, name, phone, provider."""

from django.core.exceptions import ValidationError
from django.db.models import Q

from apps.businesses.models import Membership
from apps.businesses.rules import parse_brn, parse_licence
from apps.catalogue.rules.search import pattern_of
from apps.core import references
from apps.core.fields import PhoneField

_PROVIDER = "confirmation__enquiry__version__package__provider__organisation__"


def named(text: str, to: str = "") -> Q:
    """The cases that this text names; `to` leads from the row to its case ("application__").

    A reference and a name fit in part, a name in either Chinese script; a business
    registration number, a licence and a phone number fit whole, however they are written.
    """
    found = Q(**{f"{to}reference__contains": references.normalise(text)})
    pattern = pattern_of(text)
    for name in (f"{to}organisation__name", f"{to}{_PROVIDER}name") if pattern else ():
        for language in ("en", "zh"):
            found |= Q(**{f"{name}_{language}__iregex": pattern})
    for number, fits in _NUMBERS:
        try:
            value = number(text)
        except (ValidationError, ValueError):
            continue
        if value:
            found |= fits(value, to)
    return found


def _of_identity(kind):
    return lambda value, to: Q(**{f"{to}identity_key": f"{kind}:{value}"})


def _of_licence(value, to):
    return _of_identity("licence")(value, to) | Q(**{f"{to}organisation__licence__value": value})


def _of_phone(value, to):
    acting = Membership.objects.current().filter(account__phone=value).values("organisation")
    return Q(**{f"{to}organisation__contact_phone": value}) | Q(**{f"{to}organisation__in": acting})


_NUMBERS = (
    (lambda text: parse_brn(text)[0], _of_identity("brn")),
    (parse_licence, _of_licence),
    (lambda text: PhoneField().clean(text), _of_phone),
)
