from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from apps.businesses import rules, services
from apps.businesses.forms.own import SECTIONS, ClaimForm, WhatForm
from apps.businesses.models import Organisation
from apps.businesses.permissions import get_for, member_of
from apps.core.errors import RuleBroken
from apps.core.fields import show_phone
from apps.core.pages import audience, own_address
from apps.core.said import date_words, language, nearest
from apps.programme.contents import ELIGIBILITY

# While a business is being added, one section leads to the next.
_FOLLOWING = {"place": "contact"}
_TITLES = {
    "name": gettext_lazy("Name and registration"),
    "place": gettext_lazy("Sector and address"),
    "contact": gettext_lazy("Contact"),
}


@audience("applicant", "provider")
@require_http_methods(["GET"])
def my_businesses(request):
    """The businesses and providers this person acts for."""
    mine = Organisation.objects.of(request.user).with_identities().order_by("added_at", "pk")
    return render(request, "businesses/list.html", {"rows": [_row(one) for one in mine]})


@audience("applicant")
@require_http_methods(["GET", "POST"])
def add(request):
    """What are you? Nothing is written yet."""
    form = WhatForm(request.POST or None)
    if form.is_valid():
        target = reverse("businesses:claim", args=[form.cleaned_data["what"]])
        return redirect(_with_next(target, _next(request)))
    return render(request, "businesses/add.html", {"form": form})


@audience("applicant")
@require_http_methods(["GET", "POST"])
def claim(request, what):
    """Name and number: from here on it is in the list, whatever follows is asked later."""
    if what not in rules.WHATS:
        raise Http404
    form = ClaimForm(request.POST or None, what=what)
    if form.is_valid():
        reference = _claimed(request, form, what)
        if reference:
            return redirect(_section(reference, "place", adding=True, then=_next(request)))
    back = _with_next(reverse("businesses:add"), _next(request))
    return render(request, "businesses/claim.html", {"form": form, "back": back})


def _claimed(request, form, what):
    """The new business's reference, or that of the one she had; None when the form says why not."""
    legal_form, in_building = rules.WHATS[what]
    try:
        return services.add_business(
            by=request.user, legal_form=legal_form, in_building=in_building, **form.typed()
        ).reference
    except RuleBroken as refusal:
        if refusal.code == "already_yours":
            messages.info(request, refusal.message)
            return refusal.facts["reference"]
        _put_at_field(form, refusal)


@audience("applicant", "provider")
@require_http_methods(["GET"])
def business(request, reference):
    """Everything known about one business, with a way to change it."""
    organisation = get_for(request.user, reference)
    may_change = member_of(request.user, organisation, "owner", "provider_owner")
    context = {"organisation": organisation, "sections": _sections(organisation, may_change)}
    return render(request, "businesses/business.html", context)


@audience("applicant", "provider")
@require_http_methods(["GET", "POST"])
def change(request, reference, section):
    """One section of a business; while adding, the next section follows."""
    organisation = get_for(request.user, reference)
    if section not in SECTIONS or not member_of(request.user, organisation, "owner", "provider_owner"):
        raise Http404
    initial = _initial(organisation, request.user)
    initial["sector"] = initial["sector"] or request.session.get(ELIGIBILITY, {}).get("sector")
    form = SECTIONS[section](request.POST or None, initial=initial, organisation=organisation)
    if form.is_valid() and _changed(request, form, organisation):
        return redirect(_after(request, organisation, section))
    context = {"form": form, "organisation": organisation, "title": _TITLES[section]}
    return render(request, "businesses/change.html", context)


def _changed(request, form, organisation):
    try:
        services.change_business(by=request.user, organisation=organisation, **form.cleaned_data)
    except RuleBroken as refusal:
        _put_at_field(form, refusal)
        return False
    return True


def _after(request, organisation, section):
    adding = "adding" in request.GET
    if adding and section in _FOLLOWING:
        return _section(organisation.reference, _FOLLOWING[section], adding=True, then=_next(request))
    messages.success(request, _("Saved."))
    return _next(request) or reverse("businesses:business", args=[organisation.reference])


def _put_at_field(form, refusal):
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)


def _section(reference, section, *, adding, then):
    query = {"adding": 1} if adding else {}
    if then:
        query["next"] = then
    address = reverse("businesses:change", args=[reference, section])
    return f"{address}?{urlencode(query)}" if query else address


def _next(request):
    """Where to go afterwards, if it is a page of ours."""
    return own_address(request.POST.get("next") or request.GET.get("next") or "")


def _with_next(address, then):
    return f"{address}?{urlencode({'next': then})}" if then else address


def _row(organisation):
    """One line of the list: what it is, and what is still to be told."""
    return {
        "organisation": organisation,
        "url": reverse("businesses:business", args=[organisation.reference]),
        "missing": organisation.kind == "sme" and bool(rules.missing(organisation)),
    }


def _initial(organisation, account):
    """What is known already, so that nothing is asked twice; the contact is first the person."""
    known = {name: getattr(organisation, name) for name in services.DETAILS}
    if not known["contact_name"]:
        known["contact_name"] = account.person.full_name
        known["contact_phone"] = known["contact_phone"] or account.phone or ""
        known["contact_email"] = known["contact_email"] or account.email or ""
    return known


def _sections(organisation, may_change):
    """The business as summary lists: title, rows, where to change them."""
    answers = {"name": _name_rows, "place": _place_rows, "contact": _contact_rows}
    for section, rows_of in answers.items():
        url = _section(organisation.reference, section, adding=False, then="")
        yield {
            "title": _TITLES[section],
            "rows": [row for row in rows_of(organisation) if row["value"]],
            "change_url": url if may_change else "",
            "missing": organisation.kind == "sme" and section in rules.missing(organisation),
        }


def _name_rows(organisation):
    identity, licence = organisation.identity, organisation.licence
    brn = identity.value if identity and identity.kind == "brn" else ""
    branch = f"-{organisation.brn_branch}" if organisation.brn_branch else ""
    return [
        _line(_("Name in English"), organisation.name_en, "en"),
        _line(_("Name in Chinese"), organisation.name_zh, "zh-hant"),
        _line(_("Kind of business"), organisation.get_legal_form_display()),
        _line(_("Business registration number"), brn and brn + branch),
        _line(_("Certificate ends on"), date_words(organisation.br_expires_on)),
        _line(_("Hawker licence number"), licence.value if licence else ""),
        _line(_("Licence ends on"), date_words(organisation.licence_expires_on)),
    ]


def _place_rows(organisation):
    sector = organisation.sector
    return [
        _line(_("Sector"), nearest(sector, "name")[0] if sector else ""),
        _line(_("What the licence allows you to sell"), organisation.licence_category),
        _line(_("Pitch"), organisation.pitch),
        _line(_("Address"), "\n".join(organisation.address_lines(language()))),
    ]


def _contact_rows(organisation):
    return [
        _line(_("Person to contact"), organisation.contact_name),
        _line(_("Phone"), show_phone(organisation.contact_phone)),
        _line(_("E-mail"), organisation.contact_email),
    ]


def _line(label, value, lang=""):
    return {"label": label, "value": value, "lang": lang if lang != language() else ""}
