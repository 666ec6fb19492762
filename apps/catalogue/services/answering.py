"""What the provider does: promise, or decline with a reason."""

import hashlib
import json

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.accounts.services import assume_duty
from apps.audit.services import record
from apps.catalogue import rules
from apps.catalogue.models import Confirmation, Enquiry
from apps.catalogue.permissions import require_answerer
from apps.catalogue.services.moving import locked, move, require_move
from apps.catalogue.services.pricing import BASIC_NAMES, NAMES
from apps.catalogue.services.telling import tell
from apps.core import dates
from apps.core.errors import RuleBroken, WrongState
from apps.programme import services as programme
from apps.programme.contents import SCHEME

CANONICAL = "confirmation-1"


@transaction.atomic
def confirm_enquiry(*, enquiry, by) -> Confirmation:
    """Promise the business this version, these options, these prices, and to take no deposit
    before approval. Good to the end of the Hong Kong day, the terms' days from today.

    A second press gives the same confirmation. Raises NotAllowed, WrongState,
    RuleBroken ("suspended", "not_listed").
    """
    enquiry = locked(enquiry)
    require_answerer(by, enquiry)
    standing = Confirmation.objects.filter(enquiry=enquiry).first()
    if standing and enquiry.state == Enquiry.State.CONFIRMED:
        return standing
    require_move(enquiry, "confirm")
    _require_still_offered(enquiry)
    confirmation = _freeze(enquiry, by)
    assume_duty(enquiry.reference, by.person, "provider")
    enquiry.answered_at, enquiry.due_on = (
        confirmation.confirmed_at,
        dates.hong_kong_day(confirmation.valid_until),
    )
    move(
        enquiry,
        "confirm",
        by=by,
        fields=("answered_at",),
        sha256=confirmation.sha256,
        total_cents=confirmation.total_cents,
        valid_until=confirmation.valid_until,
    )
    tell(enquiry, "confirmed")
    return confirmation


def _require_still_offered(enquiry):
    if enquiry.provider.is_suspended:
        raise RuleBroken(
            _("Your firm is suspended, so it can promise nothing new. Ask the secretariat."),
            "suspended",
        )
    if not enquiry.version.is_listed:
        raise RuleBroken(
            _("This version is no longer listed. Decline, and say that the package has a new version."),
            "not_listed",
        )


def _freeze(enquiry, by):
    now = dates.now()
    terms = programme.terms_at(SCHEME, dates.today())
    content = promise_of(enquiry, terms=terms.name)
    return Confirmation.objects.create(
        enquiry=enquiry,
        canonical=CANONICAL,
        content=content,
        sha256=hash_of(content),
        total_cents=content["total_cents"],
        confirmed_by=by,
        confirmed_at=now,
        valid_until=rules.confirmed_until(now, terms.confirmation_days),
    )


def promise_of(enquiry, *, terms) -> dict:
    """What a confirmation freezes, as plain JSON; sums in cents."""
    version = enquiry.version
    options = [_option(option) for option in enquiry.options.all()]
    return {
        "form": CANONICAL,
        "enquiry": enquiry.reference,
        "organisation": enquiry.organisation.reference,
        "provider": enquiry.provider.reference,
        "terms": terms,
        "version": {"id": version.pk, "number": version.number, **_names(version)},
        "basic": {
            "code": "basic",
            **BASIC_NAMES,
            "pricing": version.pricing,
            "price_cents": version.price_cents,
            "months": version.months,
            "cents": version.basic_cents,
        },
        "options": options,
        "total_cents": version.basic_cents + sum(option["cents"] for option in options),
        "no_deposit_before_approval": True,
    }


def _option(option):
    return {"code": f"option:{option.pk}", **_names(option), "cents": option.price_cents}


def _names(thing):
    return {name: getattr(thing, name) for name in NAMES}


def hash_of(content) -> str:
    """SHA-256 of the canonical JSON: sorted keys, no spaces, UTF-8."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def decline_enquiry(*, enquiry, reason, by) -> Enquiry:
    """Say that it cannot be supplied, and why, in words that the business will read."""
    enquiry = locked(enquiry)
    require_answerer(by, enquiry)
    require_move(enquiry, "decline")
    if not reason.strip():
        raise RuleBroken(
            _("Say why, so that the business can look for another package."),
            "no_reason",
            field="reason",
        )
    assume_duty(enquiry.reference, by.person, "provider")
    enquiry.reason, enquiry.answered_at = reason.strip(), dates.now()
    move(enquiry, "decline", by=by, fields=("reason", "answered_at"))
    tell(enquiry, "declined")
    return enquiry


@transaction.atomic
def use_confirmation(*, confirmation, application: str, by) -> Confirmation:
    """Bind the confirmation to the application submitted with it; called by submission.

    The same application again changes nothing. From then on the price binds the provider
    until that case ends, and the enquiry lapses no more. The enquiry is locked first, as by
    every verb that ends it: WrongState("enquiry_ended") when it was withdrawn meanwhile. Lapsed
    it still serves, since the arrival of a submission decides and not our round.
    """
    enquiry = locked(Enquiry.objects.get(confirmation=confirmation.pk))
    confirmation = (
        Confirmation.objects.select_for_update(of=("self",)).select_related("enquiry").get(pk=confirmation.pk)
    )
    if confirmation.used_by == application:
        return confirmation
    _require_not_given_up(enquiry)
    if confirmation.used_by:
        raise WrongState(
            _("This confirmation was used for application %(reference)s. Enquire again for a new one.")
            % {"reference": confirmation.used_by},
            "used",
            reference=confirmation.used_by,
        )
    confirmation.used_by = application
    confirmation.save(update_fields=["used_by"])
    record(confirmation.enquiry.reference, "enquiry:used", by=by, application=application)
    return confirmation


def _require_not_given_up(enquiry):
    if enquiry.state == Enquiry.State.WITHDRAWN:
        raise WrongState(
            _("You gave up this confirmation. Enquire again; what you typed is kept."),
            "enquiry_ended",
            reference=enquiry.reference,
        )
