"""Loading a whole list in one transaction: providers, first members, packages, options."""

from collections import Counter

from django.db import transaction

from apps.accounts import services as accounts
from apps.businesses import services as businesses
from apps.catalogue.contents import TERMS_OF_SALE, WORDS, Offer, OptionOffer
from apps.catalogue.services.listing import list_packages, list_provider, requirements_by_category
from apps.catalogue.services.reading import PLACE, Faulty, read
from apps.core import dates
from apps.core.actors import SYSTEM
from apps.programme import services as programme
from apps.programme.contents import SCHEME
from apps.programme.models import Category, Sector

_OF_ORGANISATION = (
    "name_en",
    "name_zh",
    "district",
    "street_or_estate",
    "building",
    "floor",
    "flat",
    "contact_name",
    "contact_phone",
    "contact_email",
)


@transaction.atomic
def load(directory, *, by=SYSTEM) -> Counter:
    """Load the four lists of a directory; how many providers, members, packages and changes.

    Raises Faulty with every fault of every row, and then nothing was saved. Loading the
    same lists again changes nothing; a changed row of packages.csv becomes a new version.
    """
    categories, sectors = _by_code(Category), _by_code(Sector)
    requirements = requirements_by_category()
    lists = read(
        directory,
        terms=programme.terms_at(SCHEME, dates.today()),
        categories=categories,
        sectors=sectors,
        requirements=requirements,
    )
    if lists.faults:
        raise Faulty(lists.faults)
    providers = _save_providers(lists.rows["organisations.csv"], lists.rows["members.csv"], by)
    offers = _offers(lists.rows, providers, categories, sectors, requirements)
    changed = list_packages(offers=offers, by=by)
    return Counter(
        providers=len(providers),
        members=len(lists.rows["members.csv"]),
        packages=len(lists.rows["packages.csv"]),
        options=len(lists.rows["options.csv"]),
        changed=changed,
    )


def _by_code(model):
    return {one.code: one for one in model.objects.all()}


def _save_providers(organisations, members, by):
    """{brn: Provider}, with their members."""
    teams = {}
    for row in members:
        teams.setdefault(row["brn"], []).append((_account(row), row["role"]))
    found = {}
    for row in organisations:
        details = {name: row[name] for name in _OF_ORGANISATION}
        organisation = businesses.register_provider(by=by, brn=row["brn"], members=teams[row["brn"]], **details)
        found[row["brn"]] = list_provider(organisation=organisation, by=by)
    return found


def _account(row):
    """The account that signs in with the row's contact; a new one where there is none."""
    channel, address = ("email", row["email"]) if row["email"] else ("text", row["phone"])
    return accounts.account_at(channel, address) or accounts.create_applicant(
        full_name=row["full_name"], channel=channel, address=address, language=row["language"]
    )


def _offers(rows, providers, categories, sectors, requirements):
    options = {}
    for row in rows["options.csv"]:
        options.setdefault(tuple(row[one] for one in PLACE), []).append(
            OptionOffer(**{name: row[name] for name in WORDS[:3]}, price_cents=row["price"])
        )
    offers = {}
    for row in rows["packages.csv"]:
        category = categories[row["category"]]
        met = {one.pk for one in requirements.get(category.pk, ()) if one.code in row["requirements"]}
        offers.setdefault(providers[row["brn"]], []).append(
            Offer(
                category_id=category.pk,
                sector_id=sectors[row["sector"]].pk,
                **{name: row[name] for name in WORDS},
                **{name: row[name] for name in TERMS_OF_SALE if name != "price_cents"},
                price_cents=row["price"],
                languages=row["languages"],
                requirements=frozenset(met),
                options=tuple(options.get(tuple(row[one] for one in PLACE), ())),
            )
        )
    return offers
