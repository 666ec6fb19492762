"""The public list of packages, for machines. front/api.py puts it under /api/v1/."""

from typing import Literal
from urllib.parse import urlencode

from ninja import Query, Router, Schema

from apps.catalogue import filters
from apps.core.money import format_cents

router = Router(tags=["packages"])
SIZE = 100


class Words(Schema):
    """The same words in three languages."""

    en: str
    zh_hant: str
    zh_hans: str


class OptionOut(Schema):
    id: int
    name: Words
    price: str


class PackageOut(Schema):
    """A listed package. Prices are HK$ with two decimals; a monthly price is for one month."""

    id: int
    version: int
    name: Words
    provider: str
    provider_zh: str
    category: str
    sector: str
    pricing: Literal["one_off", "monthly"]
    price: str
    months: int | None
    basic_price: str
    days_to_deploy: int
    support_languages: list[str]
    options: list[OptionOut]


class PackagesOut(Schema):
    """One page, and the address of the next one."""

    results: list[PackageOut]
    next: str | None


class Wishes(Schema):
    q: str = ""
    category: str = ""
    sector: str = ""
    pricing: str = ""
    after: str = ""


@router.get("/packages", response=PackagesOut, url_name="packages", auth=None)
def packages(request, wishes: Query[Wishes]):
    """The catalogue in its neutral order of the day; follow `next` until it is null."""
    wanted = {name: text.replace("\0", "") for name, text in wishes.dict().items()}  # PostgreSQL takes no NUL
    with filters.with_slips():
        found = filters.matching(wanted).prefetch_related("options")
        page = filters.page_of(found, wanted["after"], SIZE)
        results = [_out(version) for version in page.versions]
    return {"results": results, "next": _next(request, wanted, page.following)}


def _next(request, wanted, following):
    if not following:
        return None
    kept = {name: value for name, value in wanted.items() if value} | {"after": following}
    return f"{request.path}?{urlencode(kept)}"


def _out(version):
    package, firm = version.package, version.package.provider.organisation
    return {
        "id": package.pk,
        "version": version.number,
        "name": _words(version),
        "provider": firm.name_en or firm.name_zh,
        "provider_zh": firm.name_zh or firm.name_en,
        "category": package.category.code,
        "sector": package.sector.code,
        "pricing": version.pricing,
        "price": _sum(version.price_cents),
        "months": version.months,
        "basic_price": _sum(version.basic_cents),
        "days_to_deploy": version.days_to_deploy,
        "support_languages": version.languages,
        "options": [
            {"id": option.pk, "name": _words(option), "price": _sum(option.price_cents)}
            for option in version.options.all()
        ],
    }


def _words(thing):
    return {"en": thing.name_en, "zh_hant": thing.name_zh_hant, "zh_hans": thing.name_zh_hans}


def _sum(cents):
    return format_cents(cents, always_cents=True).replace(",", "")
