"""The papers of an application: one upload for each kind, opened only by who may."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from apps.applications.permissions import get_for
from apps.applications.services.submission import required_documents
from apps.applications.views.drafting import draft_for
from apps.core.errors import Refused
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
    chosen = request.POST.get("kind", "")
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else None
    if form is not None and form.is_valid() and chosen in {kind.code for kind in kinds}:
        if _received(request, application, chosen, form):
            return redirect("applications:documents", reference)
    sent = Document.objects.of(reference)
    return render(request, "applications/documents.html", {
        "application": application, "chosen": chosen, "form": form,
        "rows": [{"kind": kind, "files": [d for d in sent if d.type_code == kind.code],
                  "form": form if form is not None and kind.code == chosen else UploadForm(auto_id=f"{kind.code}_%s")}
                 for kind in kinds]})


def _received(request, application, kind, form):
    try:
        for upload in form.cleaned_data["files"]:
            documents_services.receive(subject=application.reference, type_code=kind, upload=upload, by=request.user)
    except Refused as refused:
        form.add_error("files", refused.message)
        return False
    messages.success(request, _("Received. We are checking that the file opens; it takes a few seconds."))
    return True


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
