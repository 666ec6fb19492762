"""Addresses of accounts' own pages; urls/library.py holds allauth's, under the names it asks
for."""

from django.urls import path

from apps.accounts.views import entrance, own, session, staff

urlpatterns = [
    path("sign-up/", entrance.sign_up, name="sign_up"),
    path("sign-in/", entrance.sign_in, name="sign_in"),
    path("sign-in/code/", entrance.code, name="code"),
    path("session/extend/", session.extend, name="extend"),
    path("session/keep/", session.keep, name="keep"),
    path("sign-out/", entrance.sign_out, name="sign_out"),
    path("welcome/<str:token>/", entrance.welcome, name="welcome"),
    path("me/", own.me, name="me"),
    path("me/language/", own.language, name="language"),
    path("me/password/", own.password, name="password"),
    path("me/again/", own.again, name="again"),
    path("staff/", staff.staff, name="staff"),
    path("staff/invite/", staff.invite, name="invite"),
    path(
        "staff/invitations/<str:reference>/confirm/",
        staff.confirm_invitation,
        name="confirm_invitation",
    ),
    path("staff/invitations/<str:reference>/again/", staff.invitation_again, name="invitation_again"),
    path("staff/<int:pk>/role/", staff.role, name="role"),
    path("staff/<int:pk>/presence/", staff.presence, name="presence"),
    path("staff/<int:pk>/left/", staff.left, name="left"),
    path("staff/roles/<int:pk>/confirm/", staff.confirm_role, name="confirm_role"),
    path("staff/roles/<int:pk>/end/", staff.end_role, name="end_role"),
]
