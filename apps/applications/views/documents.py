"""The papers of an application: one upload for each kind, opened only by who may."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from apps.applications.permissions import get_for
from apps.applications.services.submission import required_documents
from apps.applications.views.drafting import draft_for, frame_of
from apps.core.pages import audience
from apps.documents import services as documents_services
from apps.documents.forms import UploadForm
from apps.documents.models import Document
from apps.documents.views import serve
from apps.questions import services as questions


@audience("applicant")
def documents(request, reference):
    """Every kind on the checklist with its files; adding goes one kind at a time."""
    application, _answers = draft_for(request, reference, "documents")
    frame = frame_of(application, "documents")
    kinds = _kinds(application, frame.get("asked"))
    chosen = next((kind for kind in kinds if kind.code == request.GET.get("kind")), None)
    form = _upload_form(request, chosen) if request.method == "POST" and chosen else None
    if form and form.is_valid() and form.receive(reference, chosen.code, by=request.user):
        messages.success(request, _("Received. We are checking that the file opens; it takes a few seconds."))
        return redirect("applications:documents", reference)
    sent = _with_addresses(application)
    return render(request, "applications/documents.html", {
        "application": application, "forms": [form] if form else [], **frame,
        "rows": [{"kind": kind, "list_id": f"files-{kind.code}",
                  "files": [d for d in sent if d.type_code == kind.code],
                  "form": form if form and kind == chosen else _upload_form(request, kind, bound=False)}
                 for kind in kinds]})


def _kinds(application, asked):
    """The whole checklist while it is a draft; else the kinds of paper that were asked for."""
    wanted = None if asked is None else {item.question for item in asked}
    return [kind for kind in required_documents(application) if wanted is None or kind.code in wanted]


def _with_addresses(application):
    """The files sent so far, each with the pages that open and remove it."""
    reference = application.reference
    sent = list(Document.objects.of(reference))
    for document in sent:
        document.open_url = reverse("applications:document", args=[reference, document.pk])
        if removable(application, document):
            document.remove_url = reverse("applications:remove_document", args=[reference, document.pk])
    return sent


def removable(application, document):
    """What was submitted stays; a draft's files, and those sent for our questions, can go again."""
    return application.receipt_number is None or document.uploaded_at >= questions.asked(
        application.reference).asked_at


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
    found = document_of(request, reference, document)
    if not removable(application, found):
        raise Http404
    documents_services.remove_document(document=found, by=request.user)
    messages.success(request, _("The file was removed."))
    return redirect("applications:documents", reference)
