"""Who may offer, and what is on offer. Many packages at once take no more steps than one."""

import hashlib
from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.accounts.permissions import require_role
from apps.audit.services import record
from apps.catalogue import rules
from apps.catalogue.contents import TERMS_OF_SALE, WORDS
from apps.catalogue.models import Option, Package, PackageVersion, Provider
from apps.catalogue.rules import search
from apps.core import dates, references
from apps.core.actors import SYSTEM
from apps.core.errors import RuleBroken
from apps.core.money import format_cents
from apps.outbox.services import announce
from apps.programme import services as programme
from apps.programme.contents import SCHEME
from apps.programme.models import Category, Requirement, Sector


def _require_lister(by):
    if by is not SYSTEM:
        require_role(by, "administrator")


@transaction.atomic
def list_provider(*, organisation, by) -> Provider:
    """Let an organisation of kind provider list packages; the same again gives the same row."""
    _require_lister(by)
    known = Provider.objects.select_for_update(of=("self",)).filter(organisation=organisation).first()
    if known:
        return known
    if organisation.kind != "provider":
        raise RuleBroken(_("Only a solution provider can list packages."), "not_a_provider")
    now = dates.now()
    provider = Provider.objects.create(organisation=organisation, reference=references.issue("PRV", now), listed_at=now)
    record(provider.reference, "provider:listed", by=by, organisation=organisation.reference)
    announce("provider:listed", provider.reference)
    return provider


@transaction.atomic
def suspend_provider(*, provider, reason: str, by) -> Provider:
    """Stop new enquiries and promises; what is in flight stays. By supervisor or administrator."""
    return _set_suspended(provider, dates.now(), "provider:suspended", by, reason=reason)


@transaction.atomic
def reinstate_provider(*, provider, reason: str, by) -> Provider:
    """Let a suspended provider be asked again."""
    return _set_suspended(provider, None, "provider:reinstated", by, reason=reason)


def _set_suspended(provider, moment, event, by, **facts):
    provider = Provider.objects.select_for_update(of=("self",)).get(pk=provider.pk)
    require_role(by, "supervisor", "administrator")
    if provider.is_suspended == (moment is not None):
        return provider
    provider.suspended_at = moment
    provider.save(update_fields=["suspended_at"])
    record(provider.reference, event, by=by, **facts)
    announce(event, provider.reference)
    return provider


def list_package(*, provider, offer, by) -> PackageVersion:
    """List one offer; see list_packages."""
    list_packages(offers={provider: [offer]}, by=by)
    return PackageVersion.objects.listed().get(
        package__provider=provider,
        package__category=offer.category_id,
        package__sector=offer.sector_id,
    )


@transaction.atomic
def list_packages(*, offers, by) -> int:
    """List offers, {provider: [Offer, …]}; how many were new or changed.

    An offer in a place that the provider holds already becomes the package's next version,
    and the present one is withdrawn; an offer that says the same changes nothing. Raises
    RuleBroken "ceiling" or "requirements" before anything is written.
    """
    _require_lister(by)
    terms, required = programme.terms_at(SCHEME, dates.today()), requirements_by_category()
    for offer in (offer for its in offers.values() for offer in its):
        require_listable(offer, terms)
        _require_requirements(offer, required.get(offer.category_id, ()))
    packages = _packages(offers)
    present = _present(packages.values())
    changed = [
        (packages[provider.pk, *offer.place], offer)
        for provider, its in offers.items()
        for offer in its
        if not _says_the_same(present.get(packages[provider.pk, *offer.place].pk), offer)
    ]
    _write(changed, present, terms)
    _record(changed, by)
    return len(changed)


def require_listable(offer, terms) -> None:
    """Raise RuleBroken when the price is over the terms' limit, or no price at all."""
    if offer.price_cents <= 0 or any(option.price_cents <= 0 for option in offer.options):
        raise RuleBroken(_("Every price is more than zero."), "price", field="price")
    if rules.over_ceiling(offer.pricing, offer.price_cents, terms):
        raise RuleBroken(over_ceiling_words(offer.pricing, terms), "ceiling", field="price")


def _require_requirements(offer, required):
    missing = [one.code for one in required if one.mandatory and one.pk not in offer.requirements]
    if missing:
        raise RuleBroken(
            _("A package of this category must meet these requirements too: %(codes)s.")
            % {"codes": ", ".join(missing)},
            "requirements",
            field="requirements",
            codes=missing,
        )


def over_ceiling_words(pricing, terms):
    if pricing == rules.MONTHLY:
        return _("A monthly price is at most HK$%(most)s: %(months)d months together may not pass HK$%(ceiling)s.") % {
            "most": format_cents(terms.basic_ceiling_cents // terms.subscription_months),
            "months": terms.subscription_months,
            "ceiling": format_cents(terms.basic_ceiling_cents),
        }
    return _("A basic package costs at most HK$%(ceiling)s.") % {"ceiling": format_cents(terms.basic_ceiling_cents)}


def _packages(offers):
    """{(provider, category, sector): package} for every place named, made where there was none."""
    places = {(provider.pk, *offer.place) for provider, its in offers.items() for offer in its}
    references_of = {provider.pk: provider.reference for provider in offers}
    Package.objects.bulk_create(
        [
            Package(
                provider_id=one,
                category_id=category,
                sector_id=sector,
                sort_key=_lot(references_of[one], category, sector),
            )
            for one, category, sector in sorted(places)
        ],
        ignore_conflicts=True,
    )
    found = Package.objects.filter(provider__in=references_of).select_related("provider__organisation")
    return {(one.provider_id, one.category_id, one.sector_id): one for one in found}


def _lot(reference, category, sector):
    """A place in the list that nobody chose: 60 bits of a hash."""
    return int(hashlib.sha256(f"{reference}:{category}:{sector}".encode()).hexdigest()[:15], 16)


def _present(packages):
    versions = PackageVersion.objects.filter(package__in=packages, listed_at__isnull=False, withdrawn_at__isnull=True)
    return {one.package_id: one for one in versions.prefetch_related("options", "requirements_met")}


def _says_the_same(version, offer):
    if version is None:
        return False
    same = all(getattr(version, name) == getattr(offer, name) for name in (*WORDS, *TERMS_OF_SALE))
    options = [{**asdict(option)} for option in offer.options]
    standing = [
        {name: getattr(option, name) for name in ("name_en", "name_zh_hant", "name_zh_hans", "price_cents")}
        for option in version.options.all()
    ]
    met = {one.pk for one in version.requirements_met.all()}
    return same and list(offer.languages) == version.languages and options == standing and met == offer.requirements


def _write(changed, present, terms):
    """Next versions with their options, then withdraw the old and list the new, in that order:
    guards let a version change only while it is not listed."""
    now = dates.now()
    places = {**_names_of(Category), **_names_of(Sector)}
    versions = [_version(package, offer, present.get(package.pk), terms, places) for package, offer in changed]
    PackageVersion.objects.bulk_create(versions, batch_size=500)
    pairs = list(zip(versions, (offer for _package, offer in changed), strict=True))
    Option.objects.bulk_create(
        [
            Option(version=version, position=position, **asdict(option))
            for version, offer in pairs
            for position, option in enumerate(offer.options, 1)
        ],
        batch_size=1000,
    )
    met = PackageVersion.requirements_met.through
    met.objects.bulk_create(
        [
            met(packageversion_id=version.pk, requirement_id=pk)
            for version, offer in pairs
            for pk in sorted(offer.requirements)
        ],
        batch_size=2000,
    )
    old = [present[package.pk].pk for package, _offer in changed if package.pk in present]
    PackageVersion.objects.filter(pk__in=old).update(withdrawn_at=now)
    PackageVersion.objects.filter(pk__in=[version.pk for version in versions]).update(listed_at=now)


def _names_of(model):
    return {(model, one.pk): f"{one.name_en} {one.name_zh_hant}" for one in model.objects.all()}


def _version(package, offer, before, terms, places):
    firm = package.provider.organisation
    names = [
        offer.name_en,
        offer.name_zh_hant,
        firm.name_en,
        firm.name_zh,
        places[Category, package.category_id],
        places[Sector, package.sector_id],
    ]
    words = search.fold(" ".join(names))
    text = search.fold(
        f"{offer.description_zh_hant} {offer.delivered_zh_hant} "
        + " ".join(option.name_zh_hant for option in offer.options)
    )
    return PackageVersion(
        package=package,
        number=before.number + 1 if before else 1,
        terms=terms.name,
        ceiling_cents=terms.basic_ceiling_cents,
        subscription_months=terms.subscription_months,
        languages=list(offer.languages),
        folded_latin=search.latin_of(words),
        folded_chars=search.chars_of(f"{words} {text}"),
        **{name: getattr(offer, name) for name in (*WORDS, *TERMS_OF_SALE)},
    )


def _record(changed, by):
    listed = {}
    for package, _offer in changed:
        listed.setdefault(package.provider.reference, []).append(package.pk)
    for reference, packages in sorted(listed.items()):
        record(reference, "provider:packages:listed", by=by, packages=packages)
        announce("provider:packages:listed", reference)


@transaction.atomic
def withdraw_package(*, version, by) -> PackageVersion:
    """Take a listed version off the list. What was confirmed of it stands."""
    version = PackageVersion.objects.select_for_update(of=("self",)).for_page().get(pk=version.pk)
    _require_lister(by)
    if version.is_listed:
        version.withdrawn_at = dates.now()
        version.save(update_fields=["withdrawn_at"])
        record(
            version.package.provider.reference,
            "provider:package:withdrawn",
            by=by,
            version=version.pk,
        )
    return version


def requirements_by_category() -> dict[int, list[Requirement]]:
    """The requirements in force today, newest version of each, by the category's id."""
    newest = Requirement.objects.in_force(dates.today()).order_by("category_id", "code", "-version")
    found = {}
    for one in newest.distinct("category_id", "code"):
        found.setdefault(one.category_id, []).append(one)
    return found
