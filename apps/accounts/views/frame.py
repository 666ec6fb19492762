"""What the officers' pages of the lower floors have in their frame."""

from django.shortcuts import render

from apps.accounts.forms import ROLE_NAMES
from apps.accounts.rules import ROLES
from apps.core.said import listed


def desk(request, template, context):
    roles = [str(ROLE_NAMES[role]) for role in ROLES if role in request.user.roles]
    return render(request, template, {"desk_role": listed(roles), **context})
