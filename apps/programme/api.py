"""GET award: the arithmetic that decides an award, for anyone.

The parameters are judged by hand, because every fault is to be told in the same shape and
in the language asked for: 422 {"error": {"field", "message"}}.
"""

import re

from django.core.exceptions import TooManyFieldsSent
from django.http import JsonResponse
from django.utils import translation
from django.utils.translation import gettext as _
from ninja import Router

from apps.core.languages import SHORT
from apps.funding.calculation import AwardRefused, Line, Monthly, award
from apps.programme import services, working
from apps.programme.api_description import AWARD

router = Router(tags=["award"])

PARAMETERS = ("price", "monthly", "months", "option", "awarded", "lang")
MOST_OPTIONS = 20
_SUM = re.compile(r"[0-9]{1,9}(\.[0-9]{1,2})?")
_MONTHS = re.compile(r"[0-9]{1,2}")


class Fault(ValueError):
    """One parameter that cannot be used, and the sentence about it."""

    def __init__(self, field, message):
        super().__init__(field)
        self.field, self.message = field, message


@router.get(
    "award",
    openapi_extra=AWARD,
    url_name="award",
    operation_id="award",
    summary="What the programme would pay",
)
def award_for(request):
    with translation.override(_language(request)):
        try:
            return JsonResponse(_answer(_given(request)), json_dumps_params={"ensure_ascii": False})
        except Fault as fault:
            return _refusal(fault.field, fault.message)
        except AwardRefused as refused:
            return _refusal(refused.field, working.refusal(refused))


def _language(request):
    """The language to answer in, even when another parameter is what is wrong."""
    try:
        asked = request.GET.getlist("lang")
    except TooManyFieldsSent:
        asked = []
    return asked[0] if len(asked) == 1 and asked[0] in SHORT else "en"


def _refusal(field, message):
    error = {"error": {"field": field, "message": str(message)}}
    return JsonResponse(error, status=422, json_dumps_params={"ensure_ascii": False})


def _given(request):
    """{parameter: [values]}, each known, and only options more than once."""
    try:
        given = dict(request.GET.lists())
    except TooManyFieldsSent:
        raise Fault("option", _too_many()) from None
    for name, values in given.items():
        if name not in PARAMETERS:
            raise Fault(
                name,
                _("There is no parameter of this name. Use %(names)s.") % {"names": ", ".join(PARAMETERS)},
            )
        if name != "option" and len(values) > 1:
            raise Fault(name, _("Give this parameter once."))
    if len(given.get("option", [])) > MOST_OPTIONS:
        raise Fault("option", _too_many())
    if given.get("lang", ["en"])[0] not in SHORT:
        raise Fault("lang", _("Use en, zh-hant or zh-hans."))
    return given


def _too_many():
    return _("Give at most %(most)d options.") % {"most": MOST_OPTIONS}


def _answer(given):
    basic = _basic(given)
    options = [
        Line(f"option:{place}", _cents("option", text)) for place, text in enumerate(given.get("option", []), start=1)
    ]
    terms = services.terms_at()
    result = award(basic, options, terms=terms, awarded_cents=_cents("awarded", *given.get("awarded", ["0"])))
    return {
        "eligible_cost": _text(result.eligible_cents),
        "grant": _text(result.grant_cents),
        "applicant_pays": _text(result.applicant_pays_cents),
        "terms": terms.name,
        "working": [{"label": line.label, "amount": _text(line.cents)} for line in working.worded(result.working)],
    }


def _basic(given):
    if "price" in given and "monthly" in given:
        raise Fault("monthly", _("Give either price or monthly, not both."))
    if "months" in given and "monthly" not in given:
        raise Fault("months", _("Months go with a monthly price. Give monthly too, or leave months out."))
    if "price" in given:
        return Line("basic", _cents("price", *given["price"]))
    if "monthly" not in given:
        raise Fault("price", _("Give price for a one-off price, or monthly with months for a subscription."))
    if "months" not in given:
        raise Fault("months", _("Give months with a monthly price."))
    return Monthly("basic", _cents("monthly", *given["monthly"]), _months(*given["months"]))


def _cents(field, text):
    if not _SUM.fullmatch(text):
        raise Fault(field, _("Write a sum in digits, with at most two decimals, such as 38000.50."))
    whole, _point, part = text.partition(".")
    return int(whole) * 100 + int(part.ljust(2, "0"))


def _months(text):
    if not _MONTHS.fullmatch(text):
        raise Fault("months", _("Write the months in digits, such as 12."))
    return int(text)


def _text(cents):
    return f"{cents // 100}.{cents % 100:02d}"
