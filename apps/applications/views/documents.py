"""The papers of an application: one upload for each kind, opened only by who may."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from apps.applications import services
from apps.applications.permissions import get_for
from apps.applications.services.papers import open_kinds, removable, require_kind
from apps.applications.views.drafting import draft_for, frame_of
from apps.core.errors import Refused
from apps.core.pages import audience
from apps.documents.forms import UploadForm
from apps.documents.models import Document
from apps.documents.views import serve


@audience("applicant")
def documents(request, reference):
    """Every kind on the checklist with its files; adding goes one kind at a time."""
    application, _answers = draft_for(request, reference, "documents")
    kinds = open_kinds(application)
    chosen = next((kind for kind in kinds if kind.code == request.GET.get("kind")), None)
    form, errors = None, []
    if request.method == "POST":
        form = _upload_form(request, chosen) if chosen else None
        errors = _faults(application, form, chosen, request.user)
        if not errors and form.is_valid():
            messages.success(request, _("Received. We are checking that the file opens; it takes a few seconds."))
            return redirect("applications:documents", reference)
    sent = _with_addresses(application)
    return render(
        request,
        "applications/documents.html",
        {
            "application": application,
            "forms": [form] if form else [],
            "errors": errors,
            **frame_of(application, "documents"),
            "rows": [
                {
                    "kind": kind,
                    "list_id": f"files-{kind.code}",
                    "files": [d for d in sent if d.type_code == kind.code],
                    "form": form if form and kind == chosen else _upload_form(request, kind, bound=False),
                }
                for kind in kinds
            ],
        },
    )


def _faults(application, form, chosen, account):
    """Sentences for what concerns the whole page; a file's own fault stands at its field."""
    try:
        if form is None:
            require_kind(application, "")
        elif form.is_valid():
            form.receive(application.reference, chosen.code, by=account, take=services.add_document)
    except Refused as refused:
        return [refused.message]
    return []


def _with_addresses(application):
    """The files sent so far, each with the pages that open and remove it."""
    reference = application.reference
    sent = list(Document.objects.of(reference))
    for document in sent:
        document.open_url = reverse("applications:document", args=[reference, document.pk])
        if removable(application, document):
            document.remove_url = reverse("applications:remove_document", args=[reference, document.pk])
    return sent


def _upload_form(request, kind, bound=True):
    """One form for each kind; the kind stands in its address, so that no answer is a hidden field."""
    given = (request.POST, request.FILES) if bound else ()
    form = UploadForm(*given, auto_id=f"{kind.code}_%s")
    form.secondary = True
    form.form_action = f"?kind={kind.code}"
    return form


def document_of(request, reference, document):
    application = get_for(request.user, reference)
    found = Document.objects.of(application.reference).filter(pk=document).first()
    if found is None:
        raise Http404
    return found


@audience("applicant")
def open_one(request, reference, document):
    return serve(request, document_of(request, reference, document))


@audience("applicant")
@require_POST
def remove(request, reference, document):
    application, _answers = draft_for(request, reference, "documents")
    if not removable(application, document_of(request, reference, document)):
        raise Http404
    try:
        services.remove_document(reference, document, by=request.user)
        messages.success(request, _("The file was removed."))
    except Refused as refused:
        messages.error(request, refused.message)
    return redirect("applications:documents", reference)
