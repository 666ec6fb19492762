"""Codes on paper: asked for, printed as one PDF, posted to the registered address, typed in."""

import secrets

from django.db import transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from apps.accounts.permissions import require_role
from apps.audit.services import record
from apps.businesses import pdf, rules
from apps.businesses.models import CodeLetter, Organisation
from apps.businesses.permissions import require_member
from apps.businesses.services.proving import OFFICER, end_letter, holder_of, locked, prove, require_outsider
from apps.businesses.services.telling import tell_owners
from apps.core import dates, references
from apps.core.actors import SYSTEM
from apps.core.errors import RuleBroken, WrongState
from apps.letters import rules as printed
from apps.programme import calendar


@transaction.atomic
def ask_for_code(organisation, *, by) -> CodeLetter | None:
    """Ask for a letter with a code, to the address the business has now; the same again returns it.

    By an owner, or by the portal at submission. None where the business needs no letter: it is
    proven, or one of its owners proved the same number before, for a branch or the head office
    (it is proven with it). Raises RuleBroken "no_address", "too_many_letters", WrongState "proven".
    """
    organisation = locked(organisation)
    if by is not SYSTEM:
        require_member(by, organisation, "owner")
    if _proven_with_another_of_hers(organisation, by):
        return None
    now, text = dates.now(), _as_printed(organisation)
    standing = organisation.code_letters.filter(used_at=None, ended_at=None).first()
    if standing and _says(standing, text) and not standing.has_run_out(now):
        return standing
    refused = _why_no_letter(organisation, now)
    if refused and by is SYSTEM:
        return None
    if refused:
        raise refused
    end_letter(standing, CodeLetter.Ended.REPLACED)
    letter = CodeLetter.objects.create(
        reference=references.issue("CL"), organisation=organisation, asked_at=now, asked_by=by.person, **text
    )
    record(organisation.reference, "code:asked", by=by, letter=letter.reference)
    return letter


def _why_no_letter(organisation, now):
    if organisation.is_proven:
        return WrongState(_("This business is proven already. You need no code."), "proven")
    if not organisation.address_lines():
        return RuleBroken(_("Enter the address of the business first: the letter goes there."), "no_address")
    # By letters printed: one that was never posted cost nobody anything.
    lately = organisation.code_letters.filter(printed_at__gt=now - rules.CODE_LASTS).count()
    if lately >= rules.MOST_LETTERS:
        return RuleBroken(
            _("We posted %(count)d letters to this address lately. Come to the counter with the papers instead.")
            % {"count": lately},
            "too_many_letters",
        )
    return None


def _proven_with_another_of_hers(organisation, by):
    """One person, one number: head office and branches need one proof."""
    if organisation.is_proven:
        return False
    first = Organisation.objects.proven_under(organisation.identity_id).order_by("proven_at").first()
    if first is None or not organisation.members("owner").filter(account__person=first.proven_owner_id).exists():
        return False
    prove(
        organisation,
        how=first.proven_how,
        owner=first.proven_owner,
        officer=first.proven_by,
        by=by,
        first=first.reference,
    )
    return True


def _as_printed(organisation):
    return {
        "name_en": organisation.name_en,
        "name_zh": organisation.name_zh,
        "address_en": "\n".join(organisation.address_lines("en")),
        "address_zh": "\n".join(organisation.address_lines("zh-hant")),
    }


def _says(letter, text):
    return all(getattr(letter, column) == words for column, words in text.items())


def letters_to_post() -> tuple[list[CodeLetter], list[CodeLetter]]:
    """(letters that wait, at most as many as one press prints; letters that may be printed again)."""
    known = CodeLetter.objects.select_related("organisation__identity")
    lately = known.posted().filter(printed_at__gt=dates.now() - rules.REPRINTS)
    return list(known.waiting()[: rules.MOST_AT_ONCE]), list(lately)


@transaction.atomic
def print_code_letters(numbers, *, by) -> bytes:
    """The PDF of these letters, one sheet each, every code made now; at most MOST_AT_ONCE.

    Who prints them says with it that he compared name, number and address with the register.
    A letter printed in the last days and printed again has a new code; the old one is void.
    Raises RuleBroken "none_chosen", "too_many", "changed_meanwhile", letters.pdf.LibrariesMissing.
    """
    require_role(by, OFFICER)
    numbers = sorted(set(numbers))
    if not numbers:
        raise RuleBroken(_("Choose the letters to print."), "none_chosen", field="letters")
    if len(numbers) > rules.MOST_AT_ONCE:
        raise RuleBroken(
            _("Choose at most %(most)d letters at a time.") % {"most": rules.MOST_AT_ONCE}, "too_many", field="letters"
        )
    now = dates.now()
    letters = list(_open_letters().select_related("organisation__identity").filter(reference__in=numbers))
    if len(letters) != len(numbers) or any(not may_print(letter, now) for letter in letters):
        raise RuleBroken(_("The list changed since you opened it. Look at it again, then print."), "changed_meanwhile")
    for letter in letters:
        require_outsider(by, letter.organisation)
    codes = [_with_code(letter, by, now) for letter in letters]
    return pdf.drawn(list(zip(letters, codes, strict=True)), now)


def arrives_by(letter):
    """The day by which the letter should have come; one that is not printed yet goes out the next working day."""
    day = dates.hong_kong_day(letter.printed_at or letter.asked_at)
    return calendar.add_working_days(day, rules.POST_TAKES + (letter.printed_at is None))


def may_print(letter, now) -> bool:
    """Whether it waits for its first printing, or cannot have arrived yet."""
    return letter.printed_at is None or now - letter.printed_at < rules.REPRINTS


def _open_letters():
    """Locked in the order of their references, so that two who print at once wait for each other."""
    return CodeLetter.objects.select_for_update(of=("self",)).filter(used_at=None, ended_at=None).order_by("reference")


def _with_code(letter, by, now):
    code = "".join(secrets.choice(printed.ALPHABET) for _place in range(rules.CODE_LENGTH))
    letter.printed_at, letter.printed_by, letter.tries = now, by.person, 0
    letter.digest = _digest(letter, code)
    letter.save(update_fields=["printed_at", "printed_by", "tries", "digest"])
    record(letter.organisation.reference, "code:printed", by=by, letter=letter.reference)
    tell_owners(letter.organisation, "posted", key=f"{letter.reference}:posted", day=arrives_by(letter))
    return printed.grouped(code)


def _digest(letter, code):
    return salted_hmac("businesses.code", f"{letter.reference}:{code}", algorithm="sha256").hexdigest()


@transaction.atomic
def refuse_code_letter(number, *, why, by) -> CodeLetter:
    """Say that a letter cannot be posted: what it names is not what the register names.

    `why` is "address", "name" or "number". The owners are told what to mend. Twice is once.
    """
    require_role(by, OFFICER)
    if why not in CodeLetter.REFUSALS:
        raise RuleBroken(_("Choose what differs from the register."), "why", field="why")
    letter = CodeLetter.objects.select_for_update(of=("self",)).select_related("organisation").get(reference=number)
    if letter.ended_why == why:
        return letter
    if letter.printed_at or letter.ended_at:
        raise WrongState(_("This letter was printed or ended meanwhile. Look at the list again."), "not_waiting")
    require_outsider(by, letter.organisation)
    end_letter(letter, why)
    record(letter.organisation.reference, "code:refused", by=by, letter=number, why=why)
    tell_owners(letter.organisation, why, key=f"{number}:refused")
    return letter


def enter_code(organisation, *, code, by) -> Organisation:
    """Type in the posted code: right, and the business is proven. By an owner.

    Tries are counted before they are compared and stay counted; five wrong ones end a code.
    Raises NotAllowed, WrongState "proven", RuleBroken "wrong_code", "code_ended", "held_by_another".
    """
    require_member(by, organisation, "owner")
    typed = printed.tidy_code(code)
    with transaction.atomic():
        organisation = locked(organisation)
        if organisation.is_proven:
            raise WrongState(_("This business is proven already. You need no code."), "proven")
        letter = _tried(organisation)
        right = letter is not None and constant_time_compare(letter.digest, _digest(letter, typed))
        another = right and holder_of(organisation) not in (None, by.person_id)
        if letter and not right:
            record(organisation.reference, "code:wrong", by=by, letter=letter.reference)
        if another:
            record(organisation.reference, "code:contested", by=by, letter=letter.reference)
        if right and not another:
            CodeLetter.objects.filter(pk=letter.pk).update(used_at=dates.now())
            return prove(organisation, how="posted_code", owner=by.person, officer=letter.printed_by, by=by)
    if letter is None:
        raise RuleBroken(_("No code of ours opens this any more. Ask for a new letter."), "code_ended", field="code")
    if another:
        raise RuleBroken(
            _("The code is right, and yet we cannot finish this here. Call the helpdesk: a person will look into it."),
            "held_by_another",
        )
    raise RuleBroken(
        _("That is not the code in our newest letter. Compare its 8 characters, and try again."),
        "wrong_code",
        field="code",
    )


def _tried(organisation):
    """The posted letter whose code may still be tried, this try counted; None when there is none."""
    letter = organisation.code_letters.select_for_update(of=("self",)).posted().select_related("printed_by").first()
    if letter is None or letter.has_run_out(dates.now()):
        return None
    CodeLetter.objects.filter(pk=letter.pk).update(tries=F("tries") + 1)
    return letter
