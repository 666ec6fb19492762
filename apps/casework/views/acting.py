"""The check page before an act: what will happen, the sum, one button that names it (U52)."""

import re

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from apps.casework.views.frame import desk
from apps.core.errors import Refused


def act_page(request, form, *, verb, done, current, context):
    """Show the page, or run `verb(form)` once the form is valid and go back to the case.

    What refuses it stands on top; nothing typed is lost, and where the content changed
    meanwhile the page now shows, and the next press binds to, what is `current`.
    """
    errors = []
    if request.method == "POST" and form.is_valid():
        try:
            verb(form)
            messages.success(request, done)
            return redirect(context["back_url"])
        except Refused as refused:
            errors = _put(form, refused, current)
    return desk(request, "casework/act.html", {**context, "form": form, "errors": errors})


def _put(form, refused, current):
    if refused.code == "changed_meanwhile":
        form.data = form.data.copy()
        form.data["seen_sha256"] = current
    if refused.field in form.fields:
        form.add_error(refused.field, refused.message)
        return []
    return [refused.message]


def seen_of(request, current):
    """The hash that the page before showed: posted, else in the address, else what is current."""
    seen = request.POST.get("seen_sha256") or request.GET.get("seen") or current
    return seen if re.fullmatch("[0-9a-f]{64}", seen) else current


def changed_first(request, current, back_url):
    """Back to the case when it changed since the page that led here; None when it did not."""
    if request.method == "POST" or seen_of(request, current) == current:
        return None
    messages.warning(request, _("Something changed since you opened the case. Read it again, then go on."))
    return redirect(back_url)
