"""allauth's pages that the portal uses, and our own under the names that allauth looks up.

Nothing else of allauth has an address: sign-up, codes and passwords are ours.
"""

from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as keys
from allauth.usersessions import views as sessions
from django.urls import path

from apps.accounts.views import entrance, own
from apps.accounts.views.doors import confirmed_first, password_or_app_first
from apps.core.pages import audience

_own = audience("signed_in")

urlpatterns = [
    path("sign-in/", entrance.sign_in, name="account_login"),
    path("sign-up/", entrance.sign_up, name="account_signup"),
    path("sign-out/", entrance.sign_out, name="account_logout"),
    path("me/again/", own.again, name="account_reauthenticate"),
    path("me/again/", own.again, name="mfa_reauthenticate"),
    path("me/again/", own.again, name="mfa_reauthenticate_webauthn"),
    path("sign-in/second-step/", audience("public")(mfa.authenticate), name="mfa_authenticate"),
    path("me/second-step/", _own(mfa.index), name="mfa_index"),
    path("me/second-step/app/", confirmed_first(app.activate_totp), name="mfa_activate_totp"),
    path("me/second-step/app/off/", confirmed_first(app.deactivate_totp), name="mfa_deactivate_totp"),
    path(
        "me/second-step/recovery/",
        confirmed_first(recovery.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "me/second-step/recovery/new/",
        confirmed_first(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path("me/second-step/keys/", _own(keys.list_webauthn), name="mfa_list_webauthn"),
    path(
        "me/second-step/keys/add/",
        confirmed_first(password_or_app_first(keys.add_webauthn)),
        name="mfa_add_webauthn",
    ),
    path(
        "me/second-step/keys/<int:pk>/remove/",
        confirmed_first(keys.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
    path("me/sessions/", _own(sessions.list_usersessions), name="usersessions_list"),
]
