"""The demonstration's own two pages, which no other database has; and what machines ask."""

from urllib.parse import urlencode

from django.contrib import messages as said
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts import signin
from apps.accounts.models import Account
from apps.core.models import Demonstration
from apps.core.pages import audience
from apps.operations import health, sent
from apps.operations.demonstration.cast import BY_KEY, CAST, PASSWORD
from apps.operations.forms import MessageFilter
from apps.outbox import emails
from apps.outbox.models import Message


def _require_demonstration():
    if not Demonstration.objects.exists():
        raise Http404


@audience("public")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cast(request):
    """Sign in as one of the cast at one press; their passwords open the real page too."""
    _require_demonstration()
    there = dict(
        Account.objects.filter(email__in=[role.email for role in CAST], demonstration=True).values_list("email", "pk")
    )
    if request.method == "POST":
        role = BY_KEY.get(request.POST.get("who", ""))
        if role is None or role.email not in there:
            raise Http404
        account = Account.objects.with_standing().get(pk=there[role.email])
        signin.sign_in_as(request, account)
        said.success(request, _("You are %(name)s now.") % {"name": role.name})
        return redirect(signin.home_of(account))
    return render(
        request,
        "operations/cast.html",
        {
            "officers": [role for role in CAST if role.roles and role.email in there],
            "others": [role for role in CAST if not role.roles and role.email in there],
            "password": PASSWORD,
        },
    )


@audience("public")
@never_cache
@require_safe
def messages(request):
    """Everything the outbox handed over or still keeps: nothing left this machine."""
    _require_demonstration()
    form = MessageFilter(request.GET or None)
    about = form.cleaned_data["about"] if form.is_valid() else ""
    rows, newer, older = sent.page(
        sent.found(about), before=request.GET.get("before", ""), after=request.GET.get("after", "")
    )
    return render(
        request,
        "operations/messages.html",
        {
            "rows": rows,
            "about": about,
            "filter_form": form,
            "previous_url": _further(about, "after", newer),
            "next_url": _further(about, "before", older),
        },
    )


def _further(about, side, number):
    kept = [("about", about)] if about else []
    return f"?{urlencode([*kept, (side, number)])}" if number else None


@audience("public")
@never_cache
@require_safe
def message(request, number):
    """One message as its reader gets it: the mail's own text, or the text message."""
    _require_demonstration()
    one = get_object_or_404(Message, pk=number)
    text = emails.render(one)[0] if one.channel == Message.Channel.EMAIL else one.text
    return render(request, "operations/message.html", {"message": one, "text": text})


@audience("public")
@never_cache
@require_safe
def healthz(request):
    """This process answers. The database is not asked."""
    return HttpResponse("ok\n", content_type="text/plain")


@audience("public")
@never_cache
@require_safe
def readyz(request):
    """The portal can serve: 200, or 503 with what is missing."""
    found = health.readiness()
    return JsonResponse(found, status=200 if found["ready"] else 503)
