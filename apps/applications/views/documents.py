"""The papers of an application: one upload for each kind, opened only by who may."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from apps.applications.permissions import get_for
from apps.applications.services.submission import required_documents
from apps.applications.views.drafting import draft_for
from apps.core.pages import audience
from apps.documents import services as documents_services
from apps.documents.forms import UploadForm
from apps.documents.models import Document
from apps.documents.views import serve


@audience("applicant")
def documents(request, reference):
    """Every kind on the checklist with its files; adding goes one kind at a time."""
    application, _answers = draft_for(request, reference)
    kinds = list(required_documents(application))
    chosen = next((kind for kind in kinds if kind.code == request.GET.get("kind")), None)
    form = _upload_form(request, chosen) if request.method == "POST" and chosen else None
    if form and form.is_valid() and form.receive(reference, chosen.code, by=request.user):
        messages.success(request, _("Received. We are checking that the file opens; it takes a few seconds."))
        return redirect("applications:documents", reference)
    sent = _with_addresses(reference)
    return render(request, "applications/documents.html", {
        "application": application, "forms": [form] if form else [],
        "rows": [{"kind": kind, "list_id": f"files-{kind.code}",
                  "files": [d for d in sent if d.type_code == kind.code],
                  "form": form if form and kind == chosen else _upload_form(request, kind, bound=False)}
                 for kind in kinds]})


def _with_addresses(reference):
    """The files sent so far, each with the pages that open and remove it."""
    sent = list(Document.objects.of(reference))
    for document in sent:
        document.open_url = reverse("applications:document", args=[reference, document.pk])
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
    draft_for(request, reference)
    documents_services.remove_document(document=document_of(request, reference, document), by=request.user)
    messages.success(request, _("The file was removed."))
    return redirect("applications:documents", reference)
