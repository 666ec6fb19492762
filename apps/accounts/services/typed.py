"""Words typed into a page that could not be saved, sealed until their writer is back.

The session had ended, or the page was older than the last sign-in. What was typed is kept
an hour, encrypted, in the visitor's own session row, and opens only for the account that
the page was shown to, on that page. Passwords, codes and files are never kept.
"""

import base64
import hashlib
import json

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.utils.crypto import salted_hmac

LASTS = 60 * 60  # seconds
MOST = 100_000  # characters; longer than any page of ours, short enough for a session's row
NEVER_KEPT = {"csrfmiddlewaretoken", "code", "credential", "confirm_answer"}


def mark_of(account) -> str:
    """What stands for an account in its owner's browser: tells nobody who it is."""
    return salted_hmac("accounts.typed", str(account.pk), algorithm="sha256").hexdigest()


def worth_keeping(fields: dict[str, list[str]]) -> dict[str, list[str]]:
    """The fields without passwords, codes and the token against forged forms."""
    return {name: values for name, values in fields.items() if name not in NEVER_KEPT and "password" not in name}


def seal(fields: dict[str, list[str]], *, mark: str, page: str) -> str:
    """Sealed words; "" when there is nothing to keep, or more than is kept."""
    kept = worth_keeping(fields)
    text = json.dumps({"mark": mark, "page": page, "fields": kept})
    return _box().encrypt(text.encode()).decode() if kept and len(text) <= MOST else ""


def opened(sealed: str, *, mark: str) -> tuple[str, dict[str, list[str]]] | None:
    """(page, fields) for the account they belong to; None for anybody else, or after an hour."""
    try:
        kept = json.loads(_box().decrypt(sealed.encode(), ttl=LASTS))
    except InvalidToken:
        return None
    return (kept["page"], kept["fields"]) if kept["mark"] == mark else None


def _box():
    key = hashlib.sha256(b"accounts.typed" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
