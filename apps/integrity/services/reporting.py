"""Taking a report: written down at once, read by a person, and holding what it names by itself.

The answer to who reports is the same whether a case exists or not, and so is its time: what
is held is found afterwards, by the worker.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.permissions import require_role
from apps.accounts.rules import ROLES
from apps.accounts.services import limits
from apps.audit import services as audit
from apps.core import dates, references
from apps.core.actors import SYSTEM
from apps.core.errors import RuleBroken
from apps.integrity import contents
from apps.integrity.models import Concern, WayBack
from apps.integrity.permissions import HELPDESK
from apps.outbox import services as outbox
from apps.programme import calendar
from apps.programme import services as programme

KIND = "RPT"
# Far above what a market hall's honest people would send; it stops a machine.
SENDING = ((("place",), 60, limits.HOUR),)


def report(*, key, kind, what_happened, language, place="", by=None, way_back="", **named) -> Concern:
    """Take what somebody tells on the public form; `place` is the network address, `by` an officer signed in.

    `named`: brn, licence, business_name, provider_name, case_reference, each "" where not said.
    The same `key` twice is one report. Raises RuleBroken("too_many_tries" | "nothing_named").
    """
    limits.spend("report", SENDING, place=place)
    _require_named(kind, named)
    told = {"what_happened": what_happened, "language": language, "way_back": way_back, **named}
    return _take(key, kind, contents.WEB, holds=_may_hold(kind, place), by=by, **told)


def record_report(*, key, kind, what_happened, language, channel, by, way_back="", **named) -> Concern:
    """Take it down for somebody who rang, came or wrote; the helpdesk's verb. As `report` does."""
    require_role(by, HELPDESK)
    _require_named(kind, named)
    told = {"what_happened": what_happened, "language": language, "way_back": way_back, **named}
    return _take(key, kind, channel, holds=kind in contents.HOLDING, by=by, **told)


def _require_named(kind, named):
    if kind == contents.DID_NOT_APPLY and not any(
        named.get(name) for name in ("brn", "licence", "business_name", "case_reference")
    ):
        raise RuleBroken(
            _("Enter the business’s number, its name or the reference, so that we can find the application."),
            "nothing_named",
            field="registration",
        )


def _may_hold(kind, place):
    """By its kind; and from one place only so many a day, so that nobody holds a whole street."""
    if kind not in contents.HOLDING:
        return False
    most = programme.terms_at().holding_reports_a_day
    return not (place and limits.count_beyond("holding report", ((("place",), most, limits.DAY),), place=place))


@transaction.atomic
def _take(key, kind, channel, *, holds, by, way_back, **told):
    known = Concern.objects.filter(key=key).first()
    if known:
        return known
    now = dates.now()
    person = by.person if by and by.person.roles().intersection(ROLES) else None
    concern = Concern.objects.create(
        reference=references.issue(KIND, now),
        key=key,
        kind=kind,
        channel=channel,
        holds_at_once=holds,
        recorded_by=person,
        received_at=now,
        read_by=calendar.add_working_days(dates.today(), programme.terms_at().report_read_working_days),
        **told,
    )
    if way_back:
        WayBack.objects.create(concern=concern, words=way_back)
    audit.record(concern.reference, "concern:reported", by=by if person else SYSTEM, kind=kind, channel=channel)
    outbox.announce("concern:reported", concern.reference)
    return concern


@transaction.atomic
def forget_way_back(reference, *, by) -> None:
    """Empty how to reach who reported: the report stays, the way back is gone. Safe to repeat."""
    way_back = WayBack.objects.select_for_update().get(concern__reference=reference)
    if by is not SYSTEM:
        require_role(by, "supervisor")
    if way_back.words:
        way_back.words = ""
        way_back.save(update_fields=["words"])
        audit.record(reference, "concern:way_back_emptied", by=by)
