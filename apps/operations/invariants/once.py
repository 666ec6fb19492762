"""I2: one key, one effect. I8: references are well formed, unique, and were given out."""

from collections.abc import Iterator

from django.db.models import Count, Exists, F, OuterRef

from apps.accounts.models import Duty, StaffInvitation
from apps.applications.models import Acceptance, Application, Outcome, Record, Review
from apps.audit.models import Event
from apps.businesses.models import Organisation
from apps.casework.models import Decision
from apps.catalogue.models import Confirmation, Enquiry, Provider
from apps.core import references
from apps.core.models import Reference
from apps.ledger.models import Transfer
from apps.letters.models import Letter
from apps.outbox.models import Delivery, Message

# What may have happened at most once, by what names it. The database holds each as a
# unique constraint too; this says so when somebody dropped one.
KEYS = (
    (Message, ["key"], "messages"),
    (Delivery, ["announcement", "receiver"], "deliveries"),
    (Transfer, ["cause_subject", "cause_number"], "transfers of money"),
    (Letter, ["subject", "kind", "outcome_number"], "letters"),
    (Outcome, ["application", "decided_on_hash", "reinstates"], "outcomes of one recommendation"),
    (Record, ["application", "version"], "records"),
    (Acceptance, ["offer"], "acceptances"),
    (Confirmation, ["enquiry"], "confirmations"),
    (Decision, ["recommendation"], "decisions"),
    (Duty, ["subject", "person"], "duties"),
    (Event, ["subject", "number"], "events"),
)
# Every subject and the kind its reference bears; a case's kind is its scheme.
GIVEN_OUT = (
    (Application, "reference", None),
    (Review, "reference", "REV"),
    (Enquiry, "reference", "ENQ"),
    (Organisation, "reference", "ORG"),
    (Provider, "reference", "PRV"),
    (Letter, "number", "L"),
    (StaffInvitation, "reference", "STF"),
)


def check() -> Iterator[str]:
    for model, fields, what in KEYS:
        repeated = model.objects.order_by().values(*fields).annotate(times=Count("pk"))
        for row in repeated.filter(times__gt=1).iterator():
            key = ", ".join(str(row[field]) for field in fields)
            yield f"{row['times']} {what} under the one key {key}"


def check_references() -> Iterator[str]:
    for row in Reference.objects.order_by("pk").iterator():
        if row.reference != references.compose(row.kind, row.year, row.number):
            yield f"{row.reference}: is not what its kind, year and number make"
        elif not references.valid(row.reference):
            yield f"{row.reference}: is not well formed"
    for model, field, kind in GIVEN_OUT:
        yield from _never_given_out(model, field, kind)


def _never_given_out(model, field, kind):
    name = model._meta.verbose_name
    known = Reference.objects.filter(pk=OuterRef(field))
    if kind:
        known = known.filter(kind=kind)
    strangers = model.objects.filter(~Exists(known)).order_by("pk")
    for reference in strangers.values_list(field, flat=True).iterator():
        yield f"{reference}: stands on a row of {name}, and was never given out for one"
    repeated = model.objects.order_by().values(said=F(field)).annotate(times=Count("pk"))
    for row in repeated.filter(times__gt=1).iterator():
        yield f"{row['said']}: was given to {row['times']} rows of {name}"
