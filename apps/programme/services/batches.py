"""Opening the demonstration's batch, and what is asked of whom."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.audit import services as audit
from apps.core import dates
from apps.core.actors import SYSTEM
from apps.core.errors import WrongState
from apps.core.models import Demonstration
from apps.programme.contents import ASSUMED, SCHEME
from apps.programme.models import Batch, Category, DocumentType, PaymentProof, Scheme, Sector, kept

DEMONSTRATION_CODE = "DEMONSTRATION"
_SOURCE = {
    "source_en": "Invented for the demonstration",
    "source_zh_hant": "為示範而虛構",
    "source_zh_hans": "为示范而虚构",
}
_NAMES = {"name_en": "Demonstration", "name_zh_hant": "示範", "name_zh_hans": "示范"}


def is_demonstration() -> bool:
    """Whether this database is a demonstration: a property of the database, not of a setting."""
    return Demonstration.objects.exists()


@transaction.atomic
def open_demonstration_batch(*, by=SYSTEM, scheme=SCHEME) -> Batch:
    """Make the batch "Demonstration", or move it: open from 30 days before to 60 days after now.

    It takes every sector and category. Raises WrongState outside a demonstration.
    """
    if not is_demonstration():
        raise WrongState(_("This database is not a demonstration."), "not_a_demonstration")
    held = Scheme.objects.select_for_update().get(pk=scheme)
    day = dates.today()
    window = {
        "opens_at": dates.start_of_day(day - timedelta(days=30)),
        "closes_at": dates.start_of_day(day + timedelta(days=61)),
    }
    batch, made = Batch.objects.update_or_create(
        scheme=held,
        demonstration=True,
        defaults=window,
        create_defaults={
            **window,
            **_NAMES,
            **_SOURCE,
            "code": DEMONSTRATION_CODE,
            "valid_from": day,
            "mark": ASSUMED,
            "loaded_at": dates.now(),
        },
    )
    batch.sectors.set(Sector.objects.all())
    batch.categories.set(Category.objects.all())
    audit.record(
        batch.subject,
        "batch:opened" if made else "batch:moved",
        by=by,
        opens_at=batch.opens_at.isoformat(),
        closes_at=batch.closes_at.isoformat(),
    )
    return batch


def documents_for(scheme: str = SCHEME, *, legal_form: str) -> list[DocumentType]:
    """The papers that an applicant of this legal form must send, in the checklist's order."""
    day = dates.today()
    return [
        one
        for one in document_types()
        if one.required and one.relied_on and one.valid_from <= day and legal_form in one.legal_forms
    ]


def payment_proofs() -> tuple[PaymentProof, ...]:
    """Today's list of ways of paying a provider: accepted ones first, then what is not; not to be altered."""
    day = dates.today()
    return kept(("payment proofs", day), lambda: tuple(PaymentProof.objects.current(day)))


def document_types() -> tuple[DocumentType, ...]:
    """Every kind of paper that ever stood on the checklist, in its order; not to be altered."""
    return kept("document types", lambda: tuple(DocumentType.objects.all()))
