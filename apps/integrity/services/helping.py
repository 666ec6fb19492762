"""The helpdesk: says how a case stands, writes down who asked, and decides nothing."""

from django.db import transaction
from django.db.models import Q

from apps.accounts.permissions import require_role
from apps.applications.models import Application
from apps.audit import services as audit
from apps.businesses.models import Membership
from apps.catalogue.rules.search import pattern_of
from apps.core import dates
from apps.integrity.models import Call
from apps.integrity.permissions import HELPDESK

MOST_FOUND = 20


@transaction.atomic
def look_up(*, brn="", licence="", case_reference="", phone="", name="", by) -> list[Application]:
    """The submitted cases that fit what the caller names, newest first, at most 20; an event says who looked.

    Numbers, reference and phone must fit exactly, a name in part. The event keeps by what
    was looked and which cases were shown, never the caller's number or name.
    """
    require_role(by, HELPDESK)
    wanted = {"brn": brn, "licence": licence, "reference": case_reference, "phone": phone, "name": name}
    asked = {what: text for what, text in wanted.items() if text}
    fits = Q()
    for what, text in asked.items():
        fits &= _FITS[what](text)
    cases = Application.objects.for_page().with_hold().exclude(receipt_number=None).filter(fits)
    found = list(cases.order_by("-receipt_number")[:MOST_FOUND]) if asked else []
    audit.record(by.actor, "helpdesk:looked_up", by=by, by_what=sorted(asked), found=[case.reference for case in found])
    return found


def _by_name(pattern):
    """Nothing, where the name has neither letter nor digit."""
    if not pattern:
        return Q(pk__in=())
    return Q(organisation__name_en__iregex=pattern) | Q(organisation__name_zh__iregex=pattern)


_FITS = {
    "brn": lambda text: Q(organisation__identity__kind="brn", organisation__identity__value=text),
    "licence": lambda text: Q(organisation__licence__value=text),
    "reference": lambda text: Q(reference=text),
    "phone": lambda text: (
        Q(organisation__contact_phone=text)
        | Q(organisation__in=Membership.objects.current().filter(account__phone=text).values("organisation"))
    ),
    "name": lambda text: _by_name(pattern_of(text)),
}


@transaction.atomic
def record_call(*, words, channel, who="", brn="", licence="", phone="", case_reference="", by) -> Call:
    """Write down who asked what and what was said, against a number, a name or a phone."""
    require_role(by, HELPDESK)
    call = Call.objects.create(
        words=words,
        channel=channel,
        who=who,
        brn=brn,
        licence=licence,
        phone=phone,
        case_reference=case_reference,
        taken_by=by.person,
        at=dates.now(),
    )
    audit.record(by.actor, "helpdesk:call", by=by, call=call.pk)
    return call


def earlier_calls(*, brn="", licence="", case_reference="", phone="", name="") -> list[Call]:
    """What the helpdesk was asked before about the same number, phone or name; newest first, at most 20."""
    same = Q(pk=None)
    for column, text in (("brn", brn), ("licence", licence), ("case_reference", case_reference), ("phone", phone)):
        if text:
            same |= Q(**{column: text})
    if name:
        same |= Q(who__icontains=name)
    return list(Call.objects.filter(same).select_related("taken_by").order_by("-at")[:MOST_FOUND])
