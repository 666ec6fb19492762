"""The verbs of businesses: claim one, change its details, and say who acts for it."""

import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.accounts.permissions import require_role
from apps.audit.services import record
from apps.businesses import contents, rules
from apps.businesses.models import Identity, Membership, Organisation
from apps.businesses.permissions import may_apply, require_member
from apps.core import dates, references
from apps.core.actors import SYSTEM
from apps.core.errors import NotAllowed, RuleBroken
from apps.core.fields import PhoneField, TextField
from apps.outbox.services import announce

# How each detail is cleaned, whichever way it comes in: by form, by list or by a test.
_CLEANERS = {
    "name_en": TextField(required=False),
    "name_zh": TextField(required=False),
    "licence_category": TextField(required=False, max_length=100),
    "pitch": TextField(required=False, max_length=100),
    "street_or_estate": TextField(required=False),
    "building": TextField(required=False),
    "floor": TextField(required=False, max_length=20),
    "flat": TextField(required=False, max_length=20),
    "contact_name": TextField(required=False, max_length=100),
    "contact_phone": PhoneField(required=False),
    "contact_email": forms.EmailField(
        required=False,
        error_messages={"invalid": _("Enter an e-mail address such as name@example.com")},
    ),
    "district": forms.ChoiceField(
        required=False,
        choices=contents.DISTRICT_CHOICES,
        error_messages={"invalid_choice": _("Choose one of the 18 districts.")},
    ),
}
_HAWKER_ONLY = {"licence_category", "licence_expires_on", "pitch"}
DETAILS = {*_CLEANERS, "br_expires_on", "licence_expires_on", "sector"}


@transaction.atomic
def add_business(
    *, by, legal_form, brn="", brn_branch="", licence_number="", in_building=False, **details
) -> Organisation:
    """Claim a business: it becomes an organisation of this account's own, unproven.

    Numbers as typed; `details` are any of DETAILS. Whoever else claims the same number makes
    no difference here and is never mentioned. Raises NotAllowed for officers, and RuleBroken
    "no_brn", "brn", "no_licence", "licence", "no_branch", "no_name", "expired", "too_far",
    or "already_yours" with facts["reference"] when this account claimed it before.
    """
    if not may_apply(by):
        raise NotAllowed(_("Officers cannot add a business with this account."), "officer")
    numbers = _numbers(legal_form, in_building, brn, brn_branch, licence_number)
    tidy = _tidy(details)
    _check_details(legal_form, tidy)
    _check_expiry(tidy)
    _refuse_second_claim(by, numbers)
    organisation = _create(Organisation.Kind.SME, legal_form=legal_form, in_building=in_building, **numbers, **tidy)
    record(organisation.reference, "organisation:added", by=by, legal_form=legal_form)
    _begin(organisation, by, Membership.Role.OWNER, by)
    announce("organisation:added", organisation.reference)
    return organisation


@transaction.atomic
def register_provider(*, by, brn="", legal_form="company", members=(), **details) -> Organisation:
    """Register a solution provider with its first members, pairs of (account, role).

    By the portal itself or an administrator. A BRN that a provider has already gives that
    provider back, with the members it lacked: loading a list twice changes nothing.
    """
    if by is not SYSTEM:
        require_role(by, "administrator")
    numbers = _numbers(legal_form, False, brn, "", "") if brn else {}
    tidy = _tidy(details)
    organisation = _provider_of(numbers.get("identity"))
    if organisation is None:
        _check_details(legal_form, tidy)
        _check_expiry(tidy)
        organisation = _create(Organisation.Kind.PROVIDER, legal_form=legal_form, **numbers, **tidy)
        record(organisation.reference, "organisation:registered", by=by, legal_form=legal_form)
        announce("organisation:registered", organisation.reference)
    for account, role in members:
        _begin(organisation, account, role, by)
    return organisation


@transaction.atomic
def change_business(*, by, organisation, **details) -> Organisation:
    """Change any of DETAILS. What it is and its number stay: they are what was claimed.

    By an owner. Raises RuleBroken "no_name", "expired" or "too_far"; the event names the
    fields that changed and never what they said.
    """
    organisation = _locked(organisation)
    _require_owner(by, organisation)
    tidy = _tidy(details)
    changed = {name: value for name, value in tidy.items() if getattr(organisation, name) != value}
    if not changed:
        return organisation
    _check_details(organisation.legal_form, _standing(organisation) | changed)
    _check_expiry(changed)
    for name, value in changed.items():
        setattr(organisation, name, value)
    organisation.save(update_fields=list(changed))
    record(organisation.reference, "organisation:changed", by=by, fields=sorted(changed))
    announce("organisation:changed", organisation.reference, fields=sorted(changed))
    return organisation


@transaction.atomic
def add_member(*, by, organisation, account, role) -> Membership:
    """Let an account act for the organisation; the same role again returns what stands.

    By an owner, or the portal. Raises RuleBroken "role" when the role is the other kind's,
    "already_member" when the account acts in another role.
    """
    organisation = _locked(organisation)
    _require_owner(by, organisation)
    return _begin(organisation, account, role, by)


@transaction.atomic
def end_member(*, by, membership) -> Membership:
    """End a membership: by an owner, by the member, or by the portal. The last owner stays."""
    organisation = _locked(membership.organisation)
    if by != membership.account:
        _require_owner(by, organisation)
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    if membership.until:
        return membership
    if _is_last_owner(organisation, membership):
        raise RuleBroken(_("You are the only owner. Make somebody else an owner first."), "last_owner")
    membership.until = dates.now()
    membership.save(update_fields=["until"])
    record(organisation.reference, "membership:ended", by=by, account=membership.account_id)
    announce("membership:ended", organisation.reference, account=membership.account_id)
    return membership


def _locked(organisation):
    return Organisation.objects.select_for_update().get(pk=organisation.pk)


def _require_owner(by, organisation):
    if by is not SYSTEM:
        require_member(by, organisation, "owner", "provider_owner")


def _create(kind, **fields):
    now = dates.now()
    return Organisation.objects.create(reference=references.issue("ORG", now), kind=kind, added_at=now, **fields)


def _begin(organisation, account, role, by):
    if not rules.role_fits(organisation.kind, role):
        raise RuleBroken(_("Choose a role that this business has."), "role", field="role")
    standing = organisation.memberships.current().filter(account=account).first()
    if standing and standing.role == role:
        return standing
    if standing:
        raise RuleBroken(_("This person acts for the business already. End that role first."), "already_member")
    member = Membership.objects.create(organisation=organisation, account=account, role=role, since=dates.now())
    record(organisation.reference, "membership:began", by=by, account=account.pk, role=role)
    announce("membership:began", organisation.reference, account=account.pk, role=role)
    return member


def _is_last_owner(organisation, membership):
    owners = organisation.members("owner", "provider_owner").exclude(pk=membership.pk)
    return membership.role in ("owner", "provider_owner") and not owners.exists()


def _numbers(legal_form, in_building, brn, brn_branch, licence_number):
    """The identity columns for what was typed. Raises RuleBroken in words."""
    number, typed_branch = _brn(brn)
    licence = _licence(licence_number) if legal_form == "hawker" else ""
    if rules.needs_brn(legal_form, in_building) and not number:
        raise RuleBroken(
            _("Enter the business registration number, the first 8 digits on the certificate."),
            "no_brn",
            field="brn",
        )
    branch = _branch(legal_form, brn_branch or typed_branch)
    found = {"licence": _identity("licence", licence)} if licence else {}
    found["identity"] = _identity("brn", number) if number else found["licence"]
    return {**found, "brn_branch": branch}


def _brn(text):
    try:
        return rules.parse_brn(text)
    except ValidationError as fault:
        raise RuleBroken(fault.messages[0], "brn", field="brn") from None


def _licence(text):
    try:
        value = rules.parse_licence(text)
    except ValueError:
        raise RuleBroken(
            _("Enter the letters and digits of the licence number, as printed on the licence."),
            "licence",
            field="licence_number",
        ) from None
    if not value:
        raise RuleBroken(_("Enter the number of your hawker licence."), "no_licence", field="licence_number")
    return value


def _branch(legal_form, text):
    branch = unicodedata.normalize("NFKC", text).strip()
    wrong_shape = branch and not rules.is_branch(branch)
    if wrong_shape or (legal_form == "branch" and branch in ("", "000")):
        raise RuleBroken(
            _("Enter the branch's three digits, such as 001. They stand after the first hyphen."),
            "no_branch",
            field="brn_branch",
        )
    return branch


def _identity(kind, value):
    """The shared row for this number, locked: two claims by one account cannot both be first."""
    Identity.objects.bulk_create([Identity(kind=kind, value=value)], ignore_conflicts=True)
    return Identity.objects.select_for_update().get(kind=kind, value=value)


def _refuse_second_claim(by, numbers):
    mine = Organisation.objects.of(by).businesses()
    claimed = mine.filter(identity=numbers["identity"], brn_branch=numbers["brn_branch"]).first()
    if claimed:
        raise RuleBroken(
            _("You added this business before. It is in your list."),
            "already_yours",
            reference=claimed.reference,
        )


def _provider_of(identity):
    if identity is None:
        return None
    return Organisation.objects.providers().filter(identity=identity).order_by("pk").first()


def _standing(organisation):
    kept = ("name_en", "name_zh", "licence_expires_on", "licence_category", "pitch")
    return {name: getattr(organisation, name) for name in kept}


def _tidy(details):
    """Details as they are stored; words are NFC, without what hides or turns them round."""
    unknown = set(details) - DETAILS
    if unknown:
        raise TypeError(f"not a business's details: {sorted(unknown)}")
    return {name: _tidy_one(name, value) for name, value in details.items()}


def _tidy_one(name, value):
    if name not in _CLEANERS:
        return value
    try:
        return _CLEANERS[name].clean(value)
    except ValidationError as fault:
        raise RuleBroken(fault.messages[0], fault.error_list[0].code, field=name) from None


def _check_details(legal_form, details):
    if not (details.get("name_en") or details.get("name_zh")):
        raise RuleBroken(
            _("Enter the name of the business in English, in Chinese, or both."),
            "no_name",
            field="name_en",
        )
    if legal_form == "hawker" and not details.get("licence_expires_on"):
        raise RuleBroken(_("Enter the date when the licence ends."), "no_expiry", field="licence_expires_on")
    if legal_form != "hawker" and any(details.get(name) for name in _HAWKER_ONLY):
        raise TypeError("only a hawker has a licence")


def _check_expiry(details):
    for name in ("br_expires_on", "licence_expires_on"):
        fault = rules.expiry_fault(details.get(name), dates.today())
        if fault:
            raise RuleBroken(_EXPIRY_WORDS[fault], fault, field=name)


_EXPIRY_WORDS = {
    "expired": _("This has expired. Renew it first, then enter the new date."),
    "too_far": _("Check the year: certificates and licences do not run that long."),
}
