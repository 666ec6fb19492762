"""The helpdesk's pages of proof: the day's letters as one PDF, and owners seen at the counter."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.accounts.views.frame import desk
from apps.businesses import services
from apps.businesses.forms.proving import ClaimsForm, PrintForm, RefuseForm, SeenForm
from apps.businesses.models import CodeLetter, Organisation
from apps.core import dates
from apps.core.errors import Refused
from apps.core.pages import audience
from apps.letters.pdf import LibrariesMissing

_NO_LIBRARIES = gettext_lazy(
    "This machine cannot make PDFs: a library is missing. Tell an administrator; nothing was printed."
)


@audience("helpdesk")
def letters(request):
    """Letters that wait, and those printed lately; posted, the chosen ones come back as one PDF."""
    waiting, lately = services.letters_to_post()
    form = PrintForm(request.POST or None, letters=[*waiting, *lately])
    if request.method == "POST" and form.is_valid():
        try:
            return _as_file(services.print_code_letters(form.cleaned_data["letters"], by=request.user))
        except Refused as refused:
            form.add_error(refused.field, refused.message)
        except LibrariesMissing:
            form.add_error(None, _NO_LIBRARIES)
    context = {"form": form, "waiting": waiting, "lately": lately, "chosen": form.data.getlist("letters")}
    return desk(request, "businesses/letters.html", context)


def _as_file(content):
    """Never kept by a browser or on the way: the codes stand in it."""
    name = f"codes-{dates.today().isoformat()}.pdf"
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )


@audience("helpdesk")
def refuse(request, number):
    """What the letter names is not what the register names: the owner is told what to mend."""
    letter = get_object_or_404(CodeLetter.objects.waiting().select_related("organisation__identity"), reference=number)
    form = RefuseForm(request.POST or None)
    if form.is_valid():
        try:
            services.refuse_code_letter(number, why=form.cleaned_data["why"], by=request.user)
            messages.success(request, _("The letter is not posted. The owner is told what to mend."))
            return redirect("businesses:letters")
        except Refused as refused:
            form.add_error(refused.field, refused.message)
    return desk(request, "businesses/refuse_letter.html", {"form": form, "letter": letter})


@audience("helpdesk")
def find(request):
    """Who claims a number. Posted: a number in an address would be kept in logs."""
    form = ClaimsForm(request.POST or None)
    asked = request.method == "POST" and form.is_valid()
    claims = services.find_claims(form.cleaned_data["registration"], by=request.user) if asked else []
    return desk(request, "businesses/find.html", {"form": form, "asked": asked, "claims": claims})


@audience("helpdesk")
def seen(request, reference):
    """Record that this owner came with her papers."""
    organisation = Organisation.objects.businesses().with_identities().filter(reference=reference).first()
    if organisation is None:
        raise Http404
    form = SeenForm(request.POST or None, organisation=organisation)
    if form.is_valid():
        try:
            services.record_seen(organisation, by=request.user, **form.given())
            messages.success(request, _("The business is proven. It stands in its history that you saw the owner."))
            return redirect("businesses:find")
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.message)
    return desk(request, "businesses/seen.html", {"form": form, "organisation": organisation})
