"""Withdrawing: one page that says what happens, one press."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from apps.applications import services, workflow
from apps.applications.permissions import OWNER, get_for, is_member
from apps.core.errors import Refused
from apps.core.pages import audience


@audience("applicant")
def withdraw(request, reference):
    application = get_for(request.user, reference)
    errors = []
    if request.method == "POST":
        try:
            services.withdraw(reference, by=request.user)
            messages.success(request, _("The application is withdrawn."))
            return redirect("front:case", reference)
        except Refused as refused:
            errors = [refused.message]
    return render(
        request,
        "applications/withdraw.html",
        {
            "application": application,
            "errors": errors,
            "may": application.may("withdraw"),
            "draft": application.state == workflow.DRAFT,
            "owner": is_member(request.user, application, OWNER),
        },
    )
