"""What may be sent, and the sentence for each thing that can go wrong with it (U25 to U28)."""

from django.utils.translation import gettext_lazy as _

LARGEST_BYTES = 10 * 1024 * 1024
MOST_FILES = 20  # of one type in one case
MOST_PAGES = 100
MOST_PIXELS = 60_000_000
MOST_SECONDS = 20
MOST_MEMORY = 1024 * 1024 * 1024

# Media type → the endings of a name that agree with it, our own first.
MEDIA_TYPES = {
    "application/pdf": ("pdf",),
    "image/jpeg": ("jpg", "jpeg"),
    "image/png": ("png",),
}

STATES = {
    "received": _("Received"),
    "checking": _("Being checked"),
    "ready": _("Ready"),
    "rejected": _("Not accepted"),
}

# Each says what is wrong and how to mend it. The first seven are those that U27 names.
MESSAGES = {
    "wrong_type": _(
        "This file is not a PDF, JPEG or PNG. Save or photograph the document as one of these and send it again."
    ),
    "too_big": _("This file is larger than 10 MB. Send a smaller picture, or split the document into several files."),
    "empty": _("This file is empty. Open it to see that the document is inside, then send it again."),
    "virus": _(
        "This file may hold a virus and was not kept. Make a new copy from the original document and send that."
    ),
    "password": _("This file is locked with a password. Save a copy without the password and send that."),
    "too_many": _("You can send 20 files here. Remove one that is not needed, or put several pages into one PDF."),
    "not_uploaded": _("The file did not reach us. Check your connection, choose the file again and send it."),
    "name_differs": _(
        "The file's name ends as one type and the file is another. Save it again as a PDF, JPEG or PNG and send that."
    ),
    "phone_format": _(
        "This photo is in a format (HEIC) that we cannot open. "
        "Take a screenshot of it, or set your camera to JPEG, and send that."
    ),
    "damaged": _(
        "We could not open this file: it is damaged or not complete. "
        "Save it again or photograph the document, and send that."
    ),
    "too_heavy": _("This file took too long to open. Print it to a new PDF, or photograph the pages, and send that."),
    "too_many_pages": _("This file has more than 100 pages. Send only the pages that were asked for."),
    "too_many_pixels": _("This picture is too large to open. Send a picture of at most 60 megapixels."),
    "active": _(
        "This PDF holds a program or another file inside it. "
        "Print it to a new PDF, or photograph the pages, and send that."
    ),
}


def message(code: str) -> str:
    """The sentence for a reason code; an unknown code reads as a file that did not arrive."""
    return MESSAGES.get(code, MESSAGES["not_uploaded"])
