from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.accounts.views.doors import place_of
from apps.core.errors import Refused
from apps.core.pages import audience
from apps.letters import services
from apps.letters.forms import CheckForm


@audience("public")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request):
    """Number and code, typed or scanned: kind, date, sum and whether the letter stands.

    A wrong number and a wrong code get the same words. The code is only ever posted: an
    address is written into logs on its way.
    """
    form = CheckForm(request.POST or None, initial={"number": request.GET.get("number", "")[:60]})
    asked, letter = form.is_valid(), None
    if asked:
        try:
            letter = services.checked_from(place_of(request), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.message)
            asked = False
    found = {"form": form, "asked": asked, "letter": letter}
    response = render(request, "letters/check.html", found)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
