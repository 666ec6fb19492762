"""Coming in: sign up, sign in, the code, the first link of an officer, sign out."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from apps.accounts import services
from apps.accounts.forms import CodeForm, NewPasswordForm, SignInForm, SignUpForm
from apps.accounts.models import OneTimeCode
from apps.accounts.views import doors
from apps.core.errors import Refused
from apps.core.fields import show_phone
from apps.core.pages import audience


@audience("public")
@never_cache
def sign_up(request):
    form = SignUpForm(request.POST or None, initial={"next": request.GET.get("next", "")})
    if form.is_valid() and _send(request, form, "sign_up", full_name=form.cleaned_data["full_name"]):
        return redirect("accounts:code")
    return render(request, "accounts/sign_up.html", {"form": form})


@audience("public")
@never_cache
@sensitive_post_parameters("password")
def sign_in(request):
    if request.user.is_authenticated and request.method == "GET":
        wished = doors.safe_next(request.GET.get("next", ""))
        return redirect(wished or get_adapter().get_login_redirect_url(request))
    form = SignInForm(request.POST or None, initial={"next": request.GET.get("next", "")})
    if form.is_valid():
        response = _with_password(request, form) if form.cleaned_data["password"] else _with_code(request, form)
        if response:
            return response
    return render(request, "accounts/sign_in.html", {"form": form})


def _with_code(request, form):
    return redirect("accounts:code") if _send(request, form, "sign_in") else None


def _with_password(request, form):
    channel, address = form.cleaned_data["contact"]
    try:
        account = services.check_password(
            channel=channel,
            address=address,
            place=doors.place_of(request),
            password=form.cleaned_data["password"],
        )
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return None
    if account is None:
        form.add_error(
            "password",
            _(
                "The contact and the password do not belong together. Check both, "
                "or leave the password empty and use a code."
            ),
        )
        return None
    return doors.enter(request, account, "password", doors.safe_next(form.cleaned_data["next"]))


def _send(request, form, purpose, full_name=""):
    """Send the code and remember it in the session; False, with the reason in the form, if
    refused."""
    channel, address = form.cleaned_data["contact"]
    try:
        code = services.send_code(
            purpose=purpose,
            channel=channel,
            address=address,
            full_name=full_name,
            language=get_language(),
            place=doors.place_of(request),
        )
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return False
    request.session["code"] = {"key": code.key, "next": form.cleaned_data["next"]}
    return True


@audience("public")
@never_cache
def code(request):
    state = request.session.get("code")
    sent = OneTimeCode.objects.filter(key=state["key"]).first() if state else None
    if sent is None:
        return redirect("accounts:sign_in")
    if "again" in request.POST:
        return _send_again(request, state)
    form = CodeForm(request.POST or None)
    if form.is_valid() and (response := _use(request, form, state)):
        return response
    return render(request, "accounts/code.html", {"form": form, "contact": show_phone(sent.address)})


def _send_again(request, state):
    try:
        fresh = services.send_code_again(key=state["key"], place=doors.place_of(request))
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        request.session["code"] = {**state, "key": fresh.key}
        messages.success(request, _("We have sent a new code. The newest one counts."))
    return redirect("accounts:code")


def _use(request, form, state):
    try:
        used = services.use_code(key=state["key"], digits=form.cleaned_data["code"], place=doors.place_of(request))
        account = services.account_of(used)
    except Refused as refusal:
        form.add_error("code", refusal.message)
        return None
    request.session.pop("code", None)
    return doors.enter(request, account, "code", doors.safe_next(state["next"]))


@audience("public")
@never_cache
@sensitive_post_parameters("password")
def welcome(request, token):
    """An officer's first link: it shows a form and acts only on its button."""
    account = services.welcomed(token)
    if account is None:
        return render(request, "accounts/welcome_over.html", status=410)
    form = NewPasswordForm(request.POST or None)
    if form.is_valid():
        try:
            account = services.accept_invitation(token=token, password=form.cleaned_data["password"])
        except Refused as refusal:
            form.add_error("password", refusal.message)
        else:
            return doors.enter(request, account, "password")
    return render(request, "accounts/welcome.html", {"form": form, "account": account})


@audience("public")
def sign_out(request):
    """Also the way out between password and second factor: nothing of the started sign-in
    remains."""
    if request.method != "POST":
        return render(request, "accounts/sign_out.html")
    get_adapter().logout(request)
    messages.success(request, _("You have signed out."))
    return redirect("accounts:sign_in")
