"""Where allauth meets the portal: its stages, second factors and sessions, our verbs and pages.

Codes and passwords are checked by services; allauth takes over from there: the second
factor, the session, the list of sessions.
"""

import base64
import hashlib
import time

from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.backends import BaseBackend
from django.http import HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from apps.accounts import services
from apps.accounts.models import Account
from apps.accounts.permissions import has_role
from apps.accounts.rules import ROLES
from apps.core.errors import NotAllowed
from apps.core.fields import show_phone
from apps.core.models import Demonstration
from apps.core.pages import own_address


class Backend(BaseBackend):
    """Finds the account of a session, with roles and second factor, in one query."""

    def authenticate(self, request, **credentials):
        return None

    def get_user(self, user_id):
        account = Account.objects.with_standing().filter(pk=user_id).first()
        return account if account and account.may_enter else None


class AccountAdapter(DefaultAccountAdapter):
    def add_message(
        self,
        request,
        level,
        message_template=None,
        message_context=None,
        extra_tags="",
        message=None,
    ):
        """Our pages say what happened; allauth's own sentences are not shown."""

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        services.tell_of_change(user, template_prefix, f"{user.actor}:{time.time_ns()}")

    def get_login_redirect_url(self, request):
        return home_of(request.user)

    def is_safe_url(self, url):
        """allauth reads ?next= itself where we give it none: the same rule holds there."""
        return bool(own_address(url or ""))

    def get_reauthentication_methods(self, user):
        return [{"id": "again", "url": reverse("accounts:again")}] if user.is_authenticated else []

    def respond_user_inactive(self, request, user):
        messages.error(request, _("This account is closed. Call the helpdesk, and we will look into it."))
        return HttpResponseRedirect(reverse("accounts:sign_in"))


class SecondFactorAdapter(DefaultMFAAdapter):
    def get_totp_label(self, user):
        return user.email or show_phone(user.phone)

    _get_user_identifier = get_totp_label

    def get_totp_issuer(self):
        return "DTSPP"

    def encrypt(self, text):
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        return _box().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator):
        """An officer keeps one, and a security key alone could not confirm an act in a form."""
        account = authenticator.user
        others = Authenticator.objects.filter(user=account).exclude(pk=authenticator.pk)
        others = others.exclude(type=Authenticator.Type.RECOVERY_CODES)
        if account.person.staff_number is not None:
            return others.exists()
        return authenticator.type != Authenticator.Type.TOTP or account.has_usable_password() or not others.exists()


def _box():
    """Secrets of authenticator apps lie encrypted in the database, under the portal's secret
    key."""
    key = hashlib.sha256(b"accounts.second_factor" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def home_of(account) -> str:
    """Where somebody lands after signing in: officers at their desk, others at the front."""
    name = getattr(settings, "DESK_URL", "") if has_role(account, *ROLES) else settings.LOGIN_REDIRECT_URL
    try:
        return resolve_url(name) if name else reverse("accounts:me")
    except NoReverseMatch:
        return reverse("accounts:me")


def sign_in_as(request, account) -> None:
    """The demonstration's one press: signs in as one of the invented cast, without any factor.

    Raises NotAllowed unless this database is a demonstration and the account invented.
    """
    if not account.demonstration or not Demonstration.objects.exists():
        raise NotAllowed(_("This way in exists only in a demonstration."), "not_a_demonstration")
    if request.user.is_authenticated:
        get_adapter().logout(request)
    services.record_sign_in(account=account, method="demonstration")
    get_adapter().login(request, account)
    UserSession.objects.create_from_request(request)
