"""What anybody may see: the list of packages, and one of them with its price worked out."""

from urllib.parse import urlencode

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from apps.catalogue import filters
from apps.catalogue.forms import FilterForm, OptionsForm
from apps.catalogue.models import PackageVersion
from apps.catalogue.services import award_for
from apps.catalogue.services.listing import requirements_by_category
from apps.catalogue.views.receipts import receipt_of
from apps.core.pages import audience
from apps.core.said import nearest
from apps.programme import services as programme
from apps.programme.models import Category, Sector


@audience("public")
@require_safe
def packages(request):
    """The catalogue, filtered by GET, in an order drawn by lot."""
    form = FilterForm(request.GET, categories=Category.objects.all(), sectors=Sector.objects.all())
    found = filters.matching(form.wishes())
    with filters.with_slips():
        page = filters.page_of(found, request.GET.get("after", ""))
        count = filters.count(found)
    terms = programme.terms_at()
    context = {
        "filter_form": form,
        "rows": [_row(version, terms) for version in page.versions],
        "count_words": _count_words(count),
        "next_url": _next_url(request, page.following),
        "clear_url": reverse("catalogue:packages"),
        "terms": terms,
        "first_page": "after" not in request.GET,
    }
    return render(request, "catalogue/packages.html", context)


def _row(version, terms):
    return {
        "version": version,
        "package": version.package,
        "award": award_for(version, terms=terms),
    }


def _count_words(count):
    if count >= filters.COUNT_UP_TO:
        return _("More than %(count)s packages") % {"count": f"{filters.COUNT_UP_TO:,}"}
    return ngettext("%(count)s package", "%(count)s packages", count) % {"count": f"{count:,}"}


def _next_url(request, following):
    if not following:
        return ""
    kept = [(name, value) for name, value in request.GET.items() if name != "after" and value]
    return f"{request.path}?{urlencode([*kept, ('after', following)])}"


@audience("public")
@require_safe
def package(request, number):
    """One package: what it does and costs, its options to tick, and who would pay what."""
    version = current_version(number)
    form = OptionsForm(request.GET, options=version.options.all())
    terms = programme.terms_at()
    award = award_for(version, form.chosen(), terms=terms)
    requirements = _requirements(version)
    context = {
        "version": version,
        "package": version.package,
        "provider": version.package.provider,
        "form": form,
        "receipt": receipt_of(award, terms),
        "requirements": requirements,
        "met_count": sum(one["met"] for one in requirements),
        "crumbs": _crumbs(version),
        "terms": terms,
    }
    return render(request, "catalogue/package.html", context)


def current_version(number):
    """The listed version of package `number`; a suspended provider's is shown, without Enquire."""
    return get_object_or_404(
        PackageVersion.objects.for_page().prefetch_related("options"),
        package=number,
        listed_at__isnull=False,
        withdrawn_at__isnull=True,
    )


def _requirements(version):
    met = set(version.requirements_met.values_list("code", flat=True))
    required = requirements_by_category().get(version.package.category_id, ())
    return [{"words": one, "met": one.code in met} for one in sorted(required, key=lambda one: one.place)]


def _crumbs(version):
    package, start = version.package, reverse("catalogue:packages")
    category, sector = package.category, package.sector
    return [
        (_("Packages"), start),
        (nearest(category, "name")[0], f"{start}?{urlencode({'category': category.code})}"),
        (
            nearest(sector, "name")[0],
            f"{start}?{urlencode({'category': category.code, 'sector': sector.code})}",
        ),
    ]
