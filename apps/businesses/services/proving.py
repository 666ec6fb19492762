"""Proving that a claimed business is the claimant's own.

Two ways today: a code posted on paper to the address on the certificate, and an officer who
has seen the owner. Both end in `prove`, the one door; a digital identity will knock there
too. Whoever proves an identity first holds it; what others filed under it is looked at by
people (the announcement "organisation:proven"), and none learns of another.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.permissions import require_role
from apps.audit.services import record
from apps.businesses import rules
from apps.businesses.models import CodeLetter, Identity, Organisation
from apps.businesses.services.telling import tell_owners
from apps.core import dates
from apps.core.errors import NotAllowed, RuleBroken, WrongState
from apps.outbox import services as outbox

OFFICER = "helpdesk"


def prove(organisation, *, how, owner, by, officer=None, **facts) -> Organisation:
    """The one door: this person holds the business from now on, and no letter is awaited any more.

    Callers have taken `locked`.

    `how` is one of Organisation.ProvenHow; `officer` who saw or posted, None for a sign-in by
    a digital identity; `facts` go to the history.
    """
    for letter in organisation.code_letters.filter(used_at=None, ended_at=None):
        end_letter(letter, CodeLetter.Ended.PROVEN)
    organisation.proven_at, organisation.proven_how = dates.now(), how
    organisation.proven_owner, organisation.proven_by = owner, officer
    organisation.save(update_fields=["proven_at", "proven_how", "proven_owner", "proven_by"])
    record(organisation.reference, "organisation:proven", by=by, how=how, owner=owner.actor, **facts)
    tell_owners(organisation, "proven", key="proven")
    outbox.announce("organisation:proven", organisation.reference, how=how)
    return organisation


def holder_of(organisation) -> int | None:
    """The id of the person who has proven this number, by whichever claim of it; None while nobody has."""
    proven = Organisation.objects.proven_under(organisation.identity_id)
    return proven.values_list("proven_owner", flat=True).first()


def provers_of(organisation) -> set[int]:
    """Ids of officers who saw its owner or handled its codes: they decide nothing for it."""
    printed_by = organisation.code_letters.exclude(printed_by=None).values_list("printed_by", flat=True)
    return {*printed_by, *filter(None, [organisation.proven_by_id])}


@transaction.atomic
def find_claims(registration, *, by) -> list[Organisation]:
    """Every claim of a (BRN, licence), for the helpdesk; an event says who looked, and what was shown."""
    require_role(by, OFFICER)
    brn, licence = registration
    wanted = {"identity__kind": "brn", "identity__value": brn} if brn else {"licence__value": licence}
    found = Organisation.objects.businesses().with_identities().filter(**wanted).order_by("added_at", "pk")
    claims = list(found.prefetch_related("memberships__account__person"))
    record(by.actor, "helpdesk:looked_up", by=by, by_what=["claims"], found=[one.reference for one in claims])
    return claims


@transaction.atomic
def record_seen(organisation, *, owner, papers, by) -> Organisation:
    """An officer has seen the owner (an account) with her papers in hand, and says which.

    Only that they were seen is kept, never a number or copy of an identity document. Raises
    NotAllowed, WrongState "proven", RuleBroken "papers", "not_owner", "held_by_another".
    """
    organisation = locked(organisation)
    require_role(by, OFFICER)
    require_outsider(by, organisation)
    if organisation.is_proven:
        raise WrongState(_("This business is proven already."), "proven")
    if not organisation.members("owner").filter(account=owner).exists():
        raise RuleBroken(_("Choose one of the owners who act for this business."), "not_owner", field="owner")
    needed = rules.PAPERS_SEEN[organisation.identity.kind]
    if set(papers) != set(needed):
        raise RuleBroken(
            _("See every paper of the list first. Without one of them the owner is not proven."),
            "papers",
            field="papers",
        )
    if holder_of(organisation) not in (None, owner.person_id):
        raise RuleBroken(
            _("Somebody else has proven this number before. Tell a supervisor, and change nothing here."),
            "held_by_another",
        )
    return prove(organisation, how="seen", owner=owner.person, officer=by.person, by=by, papers=sorted(papers))


def require_outsider(by, organisation):
    if organisation.members().filter(account__person=by.person_id).exists():
        raise NotAllowed(_("You act for this business, so another officer must do this."), "on_a_side")


def end_letter(letter, why):
    if letter:
        letter.ended_at, letter.ended_why = dates.now(), why
        letter.save(update_fields=["ended_at", "ended_why"])


def locked(organisation):
    """The organisation under its lock, after its number's: as at submission, so that neither waits for the other."""
    Identity.objects.select_for_update(no_key=True).get(pk=organisation.identity_id)
    return Organisation.objects.select_for_update(of=("self",)).select_related("identity").get(pk=organisation.pk)
