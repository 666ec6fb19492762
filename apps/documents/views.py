"""Handing out a document; the page that calls this asks first who may see it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from apps.core.errors import WrongState
from apps.documents import services


def serve(request, document, *, attachment=None):
    """The document's bytes as an answer that no browser takes for a page of ours.

    A picture is shown, a PDF is saved (`attachment` decides otherwise); the opening is an
    event of the case. A document that is not ready answers 409 with a page that says why.
    """
    try:
        content = services.open_document(document, by=request.user)
    except WrongState as refusal:
        return render(request, "documents/not_ready.html", {"words": refusal.message}, status=409)
    if attachment is None:
        attachment = not document.is_picture
    response = HttpResponse(content, content_type=document.media_type)
    response.headers["Content-Disposition"] = content_disposition_header(attachment, document.name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "private, no-store"
    return response
