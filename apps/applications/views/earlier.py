"""Where somebody lands, signed in, who applies with her answers of the eligibility check."""

from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.applications import services
from apps.businesses.models import Organisation
from apps.core import dates
from apps.core.pages import audience
from apps.programme.contents import ELIGIBILITY
from apps.programme.models import Sector


@audience("applicant")
def carried(request):
    """The answers wait for her next draft; she goes on to her business, or to the packages."""
    answers = request.session.get(ELIGIBILITY)
    if answers is None:
        return redirect("catalogue:packages")
    services.keep_answers(answers=answers, by=request.user)
    packages = _packages(answers["sector"])
    if Organisation.objects.of(request.user).businesses().exists():
        messages.success(request, _("Your answers are kept for the application. Next: choose a package."))
        return redirect(packages)
    messages.success(request, _("Your answers are kept for the application. Next: add your business."))
    hawker = answers["registered"] == "hawker"
    add = reverse("businesses:claim", args=["hawker"]) if hawker else reverse("businesses:add")
    return redirect(f"{add}?{urlencode({'next': packages})}")


def _packages(sector):
    """The catalogue, of this sector when it is one of the programme's."""
    known = Sector.objects.in_force(dates.today()).filter(code=sector).exists()
    return reverse("catalogue:packages") + (f"?{urlencode({'sector': sector})}" if known else "")
