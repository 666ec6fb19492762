from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.core.pages import audience
from apps.letters import services
from apps.letters.forms import CheckForm


@audience("public")
@never_cache
@require_safe
def check(request):
    """Number and code, typed or scanned: kind, date, sum and whether the letter stands.

    A wrong number and a wrong code get the same words. The address bears the code, so it
    is sent on to nobody, and no search engine keeps it.
    """
    form = CheckForm(request.GET or None)
    asked = form.is_valid()
    letter = services.checked(**form.cleaned_data) if asked else None
    response = render(
        request, "letters/check.html", {"form": form, "asked": asked, "letter": letter}
    )
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
