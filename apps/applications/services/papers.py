"""Papers sent and taken back while the applicant holds the pen, under the lock of the case.

So none arrives beside a submission unseen by its record, and none that a record names goes.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from apps.applications import sections, workflow
from apps.applications.permissions import require_member
from apps.applications.services.moving import locked, require_move
from apps.core.errors import RuleBroken
from apps.documents import services as documents
from apps.documents.models import Document
from apps.programme import services as programme
from apps.questions import services as questions


@transaction.atomic
def add_document(reference, type_code, upload, *, by) -> Document:
    """Take one uploaded file of a kind that may be sent now, as documents.receive judges it.

    Raises NotAllowed, WrongState, RuleBroken("not_asked" | "unknown_kind" | a fault of the file).
    """
    application = _open_to(by, reference)
    require_kind(application, type_code)
    return documents.receive(reference, type_code, upload, by=by)


@transaction.atomic
def remove_document(reference, document_id, *, by) -> None:
    """Take a file back; one that is gone already changes nothing.

    Raises NotAllowed, WrongState, RuleBroken("submitted") for what a submission named.
    """
    application = _open_to(by, reference)
    document = Document.objects.of(reference).filter(pk=document_id).first()
    if document is None:
        return
    if not removable(application, document):
        raise RuleBroken(
            _("This file was submitted with the application, so it stays. Send a better one beside it."), "submitted"
        )
    documents.remove_document(document=document, by=by)
    _take_back_answer(application, document.type_code)


def _take_back_answer(application, kind):
    """With the last file that answered a question gone, the question waits again."""
    current = questions.asked(application.reference)
    if current is None:
        return
    since = Document.objects.of(application.reference).filter(type_code=kind, uploaded_at__gte=current.asked_at)
    if not since.exists():
        questions.take_back(application.reference, section=sections.DOCUMENTS.slug, question=kind)


def _open_to(account, reference):
    application = locked(reference)
    require_member(account, application)
    require_move(application, "save")
    return application


def required_documents(application):
    """The applicant's checklist, by the legal form of the business."""
    return programme.documents_for(application.scheme, legal_form=application.organisation.legal_form)


def open_kinds(application):
    """The kinds of paper that may be sent now: all of a draft's; then only those we asked for."""
    kinds = required_documents(application)
    if application.state == workflow.DRAFT:
        return list(kinds)
    current = questions.asked(application.reference)
    items = current.items.all() if current else ()
    asked = {item.question for item in items if item.section == sections.DOCUMENTS.slug}
    return [kind for kind in kinds if kind.code in asked]


def require_kind(application, type_code):
    if type_code in {kind.code for kind in open_kinds(application)}:
        return
    if type_code in {kind.code for kind in required_documents(application)}:
        raise RuleBroken(_("We did not ask for this kind of paper. Send only what we asked for."), "not_asked")
    raise RuleBroken(_("Choose the kind of paper on this page first, then send the file there."), "unknown_kind")


def removable(application, document) -> bool:
    """A draft's files can go again, and those sent for our questions; what was submitted stays."""
    if application.receipt_number is None:
        return True
    current = questions.asked(application.reference)
    return current is not None and document.uploaded_at >= current.asked_at


def require_papers_checked(reference, words):
    """Raise RuleBroken("papers_in_check") with these words while a file is not checked yet."""
    if Document.objects.of(reference).being_checked().exists():
        raise RuleBroken(words, "papers_in_check")
