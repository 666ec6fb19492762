"""The day's letters with codes as one PDF, a sheet each, in the letters' own types."""

from django.conf import settings
from django.template.loader import render_to_string

from apps.businesses import rules
from apps.core import dates
from apps.letters import pdf
from apps.letters.services import specimen


def drawn(letters, now) -> bytes:
    """One sheet for each pair of (code letter, its code as printed); raises LibrariesMissing without pango."""
    sheets = [{"letter": letter, "code": code} for letter, code in letters]
    context = {
        "sheets": sheets,
        "dated": dates.hong_kong_day(now),
        "until": dates.hong_kong_day(now + rules.CODE_LASTS),
        "address": settings.PORTAL_ADDRESS,
        "specimen": specimen(),
    }
    return pdf.drawn_html(render_to_string("letters/code_letters.html", context))
