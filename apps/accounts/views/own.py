"""A person's own account: contacts, language, password, second factor, sessions."""

import hashlib

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from apps.accounts import services
from apps.accounts.forms import ROLE_NAMES, AgainForm, LanguageForm, NewPasswordForm
from apps.accounts.views import doors
from apps.core.errors import Refused
from apps.core.fields import show_phone
from apps.core.pages import audience


@audience("signed_in")
def me(request):
    return render(
        request,
        "accounts/me.html",
        {
            "account": request.user,
            "phone": show_phone(request.user.phone or ""),
            "has_password": request.user.has_usable_password(),
            "roles": [ROLE_NAMES[role] for role in sorted(request.user.roles)],
        },
    )


@audience("signed_in")
def language(request):
    form = LanguageForm(request.POST or None, initial={"language": request.user.language})
    if form.is_valid():
        services.set_language(account=request.user, language=form.cleaned_data["language"], by=request.user)
        messages.success(request, _("Saved. Mails and text messages will come in this language."))
        return redirect("accounts:me")
    return render(request, "accounts/language.html", {"form": form})


@audience("signed_in")
@never_cache
@doors.confirmed_first
@sensitive_post_parameters("password")
def password(request):
    """Set or change it; every session ends, this one too, so that a stolen one is worth nothing."""
    form = NewPasswordForm(request.POST or None)
    if form.is_valid():
        try:
            services.set_password(account=request.user, password=form.cleaned_data["password"], by=request.user)
        except Refused as refusal:
            form.add_error("password", refusal.message)
        else:
            get_adapter().logout(request)
            messages.success(request, _("Your password is saved. Sign in with it."))
            return redirect("accounts:sign_in")
    return render(request, "accounts/password.html", {"form": form})


@audience("signed_in")
@never_cache
@sensitive_post_parameters("confirm_answer")
def again(request):
    """Before a change of how one signs in: it is you, in this session, now."""
    act, session = "account:again", hashlib.sha256(request.session.session_key.encode()).hexdigest()
    form = AgainForm(
        request.POST or None,
        account=request.user,
        act=act,
        document_hash=session,
        act_label=_("change how you sign in"),
    )
    if form.is_valid():
        confirmation = services.consume_confirmation(request.user, act, session)
        record_authentication(request, request.user, confirmation.method, reauthenticated=True)
        return redirect(doors.safe_next(request.GET.get("next", "")) or "accounts:me")
    return render(request, "accounts/again.html", {"form": form})
