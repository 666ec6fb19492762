"""The code that a stranger types to check a letter: how it is made, read and compared."""

import re
import secrets
import unicodedata

# No 0 O 1 I L U: what is read from paper or on the phone is typed right the first time.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16


def new_code() -> str:
    """16 characters, about 78 bits: nobody guesses one."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def grouped(code: str) -> str:
    """As printed: 7QF2-KD9M-X3TB-8WHR."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def tidy_code(text: str) -> str:
    """What was typed, as stored: no hyphens or spaces, full-width or small letters taken."""
    return re.sub(r"[^0-9A-Z]", "", unicodedata.normalize("NFKC", text[:80]).upper())


def same_code(stored: str, typed: str) -> bool:
    """Compared in a time that does not tell how much of it was right."""
    return secrets.compare_digest(stored.encode(), tidy_code(typed).encode())
