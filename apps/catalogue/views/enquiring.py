"""The business's side: ask, see whose turn it is, ask no longer."""

from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.businesses.models import Organisation
from apps.businesses.permissions import member_of
from apps.catalogue import permissions, rules, services
from apps.catalogue.forms import EnquiryForm, OptionsForm
from apps.catalogue.views.browsing import current_version
from apps.catalogue.views.receipts import receipt_for_business, receipt_of
from apps.core import dates
from apps.core.errors import Refused
from apps.core.pages import audience
from apps.programme import services as programme
from apps.programme.calendar import add_working_days


@audience("applicant")
@require_http_methods(["GET", "POST"])
def enquire(request, number):
    """What the provider will be told; pressing the button sends it."""
    version = current_version(number)
    choice = OptionsForm(request.GET, options=version.options.all())
    organisations = _organisations(request.user)
    if not organisations:
        messages.info(request, _("Add your business first. Then you come back to this package."))
        return redirect(f"{reverse('businesses:add')}?{urlencode({'next': request.get_full_path()})}")
    form = EnquiryForm(request.POST if request.method == "POST" else None, organisations=organisations)
    if form.is_valid():
        sent = _sent(request, form, version, choice.chosen())
        if sent:
            return redirect("catalogue:enquiry", sent.reference)
    page = {"form": form, "other_sector": _of_another_sector(organisations, version.package)}
    return render(request, "catalogue/enquire.html", page | _check_page(version, choice.chosen()))


def _of_another_sector(organisations, package):
    """Her businesses for which the package was not made, each with where to find those that were."""
    return [
        {
            "organisation": one,
            "similar_url": f"{reverse('catalogue:packages')}?"
            + urlencode({"category": package.category.code, "sector": one.sector.code}),
        }
        for one in organisations
        if rules.made_for_another(one.sector_id, package.sector_id)
    ]


def _organisations(account):
    mine = Organisation.objects.of(account).businesses().select_related("sector")
    return list(mine.order_by("name_en", "name_zh", "pk"))


def _sent(request, form, version, options):
    """The enquiry; None when the form now says why not."""
    try:
        enquiry = services.enquire(
            organisation=form.organisation_chosen(),
            version=version,
            options=options,
            message=form.cleaned_data["message"],
            by=request.user,
        )
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return None
    messages.success(request, _("Your enquiry was sent to the provider."))
    return enquiry


def _check_page(version, options):
    terms = programme.terms_at()
    return {
        "version": version,
        "package": version.package,
        "provider": version.package.provider,
        "options": options,
        "receipt": receipt_of(services.award_for(version, options, terms=terms), terms),
        "answer_by": add_working_days(dates.today(), terms.provider_reply_working_days),
        "confirmation_days": terms.confirmation_days,
        "back": _with_options(reverse("catalogue:package", args=[version.package_id]), options),
    }


def _with_options(address, options):
    query = urlencode([("option", option.pk) for option in options])
    return f"{address}?{query}" if query else address


@audience("applicant")
@require_safe
def enquiry(request, reference):
    """One enquiry: whose turn it is, what was asked or promised, and what to do next."""
    found = permissions.get_for(request.user, reference)
    if not member_of(request.user, found.organisation):
        return redirect("catalogue:enquiry_answer", reference)
    confirmation = getattr(found, "confirmation", None)
    options = list(found.options.all())
    context = {
        "enquiry": found,
        "version": found.version,
        "confirmation": confirmation,
        "options": options,
        "receipt": receipt_for_business(found),
        "in_force": bool(confirmation) and rules.in_force(confirmation, dates.now()),
        "start_url": _start_url(found),
        "may_withdraw": found.may("withdraw") and not _used(confirmation),
        "again_url": _with_options(reverse("catalogue:package", args=[found.version.package_id]), options),
    }
    return render(request, "catalogue/enquiry.html", context)


def _used(confirmation):
    return bool(confirmation) and bool(confirmation.used_by)


def _start_url(enquiry):
    """Where the application begins: a floor above, so its page may not be there."""
    try:
        return reverse("applications:start", args=[enquiry.reference])
    except NoReverseMatch:
        return ""


@audience("applicant")
@require_http_methods(["GET", "POST"])
def withdraw(request, reference):
    """Two presses: this page, then its button."""
    found = permissions.get_for(request.user, reference)
    if request.method == "POST":
        try:
            services.withdraw_enquiry(enquiry=found, by=request.user)
            messages.success(request, _("The enquiry is withdrawn."))
        except Refused as refusal:
            messages.error(request, refusal.message)
        return redirect("catalogue:enquiry", reference)
    return render(request, "catalogue/enquiry_withdraw.html", {"enquiry": found})
