"""The verbs of letters: ask for one, issue it once, say that it no longer stands."""

import hashlib
import logging
from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from apps.accounts.services import limits
from apps.audit import services as audit
from apps.core import dates, references
from apps.core.actors import SYSTEM
from apps.core.errors import RuleBroken, WrongState
from apps.core.models import Demonstration
from apps.letters import contents as shapes
from apps.letters import pdf, rules
from apps.letters.models import Letter, LetterFile
from apps.outbox import services as outbox

log = logging.getLogger(__name__)
# From one network address: all checks, and those that found no letter.
CHECKS = ((("place",), 600, limits.HOUR),)
WRONG_CHECKS = ((("place",), 60, limits.HOUR),)
NOBODYS_CODE = "2" * rules.LENGTH


def specimen() -> bool:
    """Whether letters bear SPECIMEN 樣本: unless production settings run on a real database."""
    return not settings.PRODUCTION or Demonstration.objects.exists()


@transaction.atomic
def request(contents: shapes.Contents, *, outcome_number: int, by) -> Letter:
    """One waiting letter about this outcome, in the caller's transaction; the worker makes it.

    The same contents again return the same row. Other contents for the same subject, kind and
    outcome raise RuleBroken(code="letter_exists"): what was announced is not reworded.
    """
    about = {"subject": contents.reference, "kind": contents.kind, "outcome_number": outcome_number}
    text = shapes.canonical(contents)
    known = Letter.objects.filter(**about).first()
    if known is None:
        try:
            with transaction.atomic():
                return _asked_for(contents, text, about, by)
        except IntegrityError:
            # Somebody asked at the same moment; his row is committed now.
            known = Letter.objects.get(**about)
    return _same_letter(known, text)


def _asked_for(contents, text, about, by):
    letter = Letter.objects.create(
        **about,
        number=references.issue("L"),
        code=rules.new_code(),
        contents=text,
        contents_version=shapes.VERSION,
        grant_cents=contents.sum_cents,
        specimen=specimen(),
        requested_at=dates.now(),
    )
    facts = {"kind": letter.kind, "outcome_number": letter.outcome_number}
    audit.record(letter.subject, "letter:requested", by=by, number=letter.number, **facts)
    outbox.announce("letter:requested", letter.number, subject=letter.subject, **facts)
    return letter


def _same_letter(known, text):
    if known.contents != text:
        words = _("A letter about this outcome exists, and is not reworded. Record a new outcome.")
        raise RuleBroken(words, "letter_exists", number=known.number)
    return known


@transaction.atomic
def issue(number: str) -> Letter:
    """Draw the letter and freeze its bytes; run by the worker, any number of times.

    The row's lock is held while the PDF is drawn (about a tenth of a second), so that two
    workers, or one killed and started again, leave exactly one file. What cannot be drawn
    goes on waiting, with its reason, and `issue_waiting` tries again.
    """
    letter = Letter.objects.select_for_update().get(number=number)
    if not letter.waiting:
        return letter
    try:
        content = pdf.drawn(letter)
    except pdf.LibrariesMissing:
        return _still_waits(letter, Letter.Waits.LIBRARIES)
    except Exception:
        log.exception("letter %s could not be drawn", number)
        return _still_waits(letter, Letter.Waits.FAULT)
    return _frozen(letter, content)


def _frozen(letter, content):
    digest = hashlib.sha256(content).hexdigest()
    LetterFile.objects.create(letter=letter, content=content, sha256=digest, made_with=pdf.made_with())
    letter.issued_at, letter.sha256, letter.waits_for = dates.now(), digest, ""
    letter.save(update_fields=["issued_at", "sha256", "waits_for"])
    facts = {
        "number": letter.number,
        "kind": letter.kind,
        "outcome_number": letter.outcome_number,
        "sha256": digest,
    }
    audit.record(letter.subject, "letter:issued", by=SYSTEM, **facts)
    outbox.announce("letter:issued", letter.subject, issued_at=letter.issued_at.isoformat(), **facts)
    return letter


def _still_waits(letter, reason):
    letter.waits_for = reason
    letter.save(update_fields=["waits_for"])
    return letter


def issue_waiting(limit: int = 100) -> int:
    """Try again whatever still waits, the oldest first; returns how many were issued.

    One that fails stays, with its reason, and does not keep the others waiting.
    """
    numbers = list(Letter.objects.waiting().values_list("number", flat=True)[:limit])
    return sum(not issue(number).waiting for number in numbers)


@transaction.atomic
def supersede(number: str, *, replacement: str, by) -> Letter:
    """The letter was replaced by a later one of the same case; its bytes stay as they are."""
    letter = Letter.objects.select_for_update().get(number=number)
    later = Letter.objects.get(number=replacement)
    if later.subject != letter.subject or later.pk == letter.pk:
        raise RuleBroken(_("Only a later letter of the same case can replace a letter."), "not_a_replacement")
    if letter.standing == Letter.Standing.REPLACED and letter.replaced_by_id == later.pk:
        return letter
    return _stands_no_more(letter, Letter.Standing.REPLACED, "letter:replaced", by, replaced_by=later)


@transaction.atomic
def end(number: str, *, by) -> Letter:
    """The letter is no longer in force: withdrawn, lapsed, or its outcome fell."""
    letter = Letter.objects.select_for_update().get(number=number)
    if letter.standing == Letter.Standing.ENDED:
        return letter
    return _stands_no_more(letter, Letter.Standing.ENDED, "letter:ended", by)


def _stands_no_more(letter, standing, event, by, replaced_by=None):
    if letter.standing != Letter.Standing.CURRENT:
        raise WrongState(_("This letter is no longer the current one, and stays as it is."), "not_current")
    letter.standing, letter.standing_since, letter.replaced_by = standing, dates.now(), replaced_by
    letter.save(update_fields=["standing", "standing_since", "replaced_by"])
    later = replaced_by.number if replaced_by else ""
    audit.record(letter.subject, event, by=by, number=letter.number, kind=letter.kind, later=later)
    outbox.announce(event, letter.subject, number=letter.number, kind=letter.kind, later=later)
    return letter


def pdf_bytes(letter: Letter) -> bytes:
    """The frozen bytes, checked against their hash; WrongState while the letter waits."""
    if letter.waiting:
        raise WrongState(_("The letter is being made. It opens here when it is ready."), "letter_waits")
    content = bytes(letter.file.content)
    if hashlib.sha256(content).hexdigest() != letter.sha256:
        raise ValueError(f"letter {letter.number} does not match its hash")
    return content


def check(waiting_longer_than=timedelta(hours=1)) -> Iterator[str]:
    """What is wrong with any letter, in words (I5, I9); reads only, in flat memory.

    An issued letter has one file whose bytes match both hashes; a waiting one is not older
    than the limit unless the PDF libraries are missing, which the health page says.
    """
    rows = Letter.objects.order_by("pk").defer("contents")
    for letter in rows.issued().filter(file__isnull=True).iterator():
        yield f"{letter.number}: issued, and its file is not there"
    for file in LetterFile.objects.select_related("letter").order_by("pk").iterator(chunk_size=50):
        if not hashlib.sha256(file.content).hexdigest() == file.sha256 == file.letter.sha256:
            yield f"{file.letter.number}: its bytes do not match its hash"
    late = dates.now() - waiting_longer_than
    for letter in rows.filter(issued_at__isnull=True, requested_at__lt=late).iterator():
        if letter.waits_for != Letter.Waits.LIBRARIES:
            since = f"{letter.requested_at:%Y-%m-%d %H:%M} UTC"
            yield f"{letter.number}: waits since {since} ({letter.waits_for})"


def checked(number: str, code: str) -> Letter | None:
    """The issued letter with this number and code. A wrong one of either takes the same way."""
    letter = Letter.objects.issued().defer("contents").filter(number=references.normalise(number)[:24]).first()
    right = rules.same_code(letter.code if letter else NOBODYS_CODE, code)
    return letter if letter and right else None


def checked_from(place: str, number: str, code: str) -> Letter | None:
    """The same for somebody at a network address, where wrong tries are counted.

    Raises RuleBroken (code "too_many_tries"). Generous: an auditor who checks a letter a
    minute, and a market whose shops share one address, are never stopped.
    """
    if limits.used_up("letter:wrong", WRONG_CHECKS, place=place):
        limits.spend("letter:wrong", WRONG_CHECKS, place=place)
    limits.spend("letter", CHECKS, place=place)
    letter = checked(number, code)
    if letter is None:
        limits.spend("letter:wrong", WRONG_CHECKS, place=place)
    return letter
