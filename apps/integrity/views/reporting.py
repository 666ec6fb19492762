"""The public's form for saying that something is wrong. It needs no account and asks for no name."""

from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache

from apps.accounts.permissions import has_role
from apps.accounts.rules import ROLES
from apps.accounts.views.doors import place_of
from apps.core.errors import Refused
from apps.core.pages import audience
from apps.integrity import services
from apps.integrity.forms import ReportForm
from apps.integrity.models import Concern
from apps.programme import services as programme

SENT = "reported"


@audience("public")
@never_cache
def report(request):
    """One short page; what follows says the same whether a case exists or not."""
    form = ReportForm(request.POST or None, initial={"case_reference": request.GET.get("reference", "")[:40]})
    officer = has_role(request.user, *ROLES)
    if request.method == "POST" and form.is_valid():
        try:
            taken = services.report(
                place=place_of(request), language=get_language(), by=request.user if officer else None, **form.given()
            )
            request.session[SENT] = taken.reference
            return redirect("integrity:sent")
        except Refused as refused:
            form.add_error(refused.field, refused.message)
    return render(request, "integrity/report.html", {"form": form, "officer": officer, "terms": programme.terms_at()})


@audience("public")
@never_cache
def sent(request):
    """The report's number, what happens next and by when."""
    found = Concern.objects.filter(reference=request.session.get(SENT, "")).select_related("way_back").first()
    if found is None:
        return redirect("integrity:report")
    return render(request, "integrity/sent.html", {"concern": found, "reachable": hasattr(found, "way_back")})
