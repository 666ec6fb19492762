"""The letters of a case: as a page in the reader's language, and as the PDF that was frozen."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from apps.applications.permissions import get_for
from apps.audit import services as audit
from apps.core.errors import WrongState
from apps.core.pages import audience
from apps.letters import services
from apps.letters.models import Letter


def _letter(request, reference, number):
    application = get_for(request.user, reference)
    letter = Letter.objects.filter(subject=application.reference, number=number).first()
    if letter is None:
        raise Http404
    return application, letter


@audience("applicant")
def page(request, reference, number):
    application, letter = _letter(request, reference, number)
    return render(request, "applications/letter.html", {"application": application, "letter": letter})


@audience("applicant")
def pdf(request, reference, number):
    application, letter = _letter(request, reference, number)
    try:
        content = services.pdf_bytes(letter)
    except WrongState:
        return render(request, "applications/letter.html", {"application": application, "letter": letter}, status=202)
    audit.record(application.reference, "letter:opened", by=request.user, number=number)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{number}.pdf"'
    return response
