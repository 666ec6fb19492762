"""A session near its end: let it live on at one press, or leave what was typed for later."""

from django.http import JsonResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from apps.core.pages import audience


@audience("signed_in")
@never_cache
@require_POST
def extend(request):
    """Answers in how many seconds the session ends now; the middleware has let it live on."""
    return JsonResponse({"ends_in": request.session_ends_in})


@audience("signed_in")
@never_cache
@require_POST
def keep(request):
    """Where the page sends what was typed once its time is over; acts on nothing.

    Usually nobody is signed in any more, and the middleware keeps the words and asks to sign
    in. Somebody who did so in another tab goes straight back to the page.
    """
    return redirect(request.keep_typed())
