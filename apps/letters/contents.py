"""What each letter says, as the caller fills it in: frozen, typed, knowing nobody.

Sums are integer cents; dates are Hong Kong calendar days. Names, addresses and an
officer's own words stand as typed; everything that the programme says itself comes in
three languages (`_en`, `_zh_hant`, `_zh_hans`). The wording of each letter stands in
`templates/letters/`; what is here is what differs from case to case.
"""

import json
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import ClassVar, get_args, get_origin, get_type_hints

VERSION = 1
LINE_KINDS = ("line", "struck", "rule", "grant", "pays")
OFFER, DECLINE, FUNDS, REVIEW, WITHDRAWAL, LAPSE = (
    "offer",
    "decline",
    "funds",
    "review",
    "withdrawal",
    "lapse",
)


@dataclass(frozen=True, kw_only=True)
class Addressee:
    """Whom the letter goes to. `address` is one string a line, in each language's own order."""

    name_en: str = ""
    name_zh: str = ""
    address_en: tuple[str, ...] = ()
    address_zh: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PackageNamed:
    """The package as frozen at the provider's confirmation; `version` counts from 1."""

    name_en: str
    name_zh_hant: str
    name_zh_hans: str
    provider_en: str
    provider_zh: str = ""
    version: int


@dataclass(frozen=True, kw_only=True)
class ReceiptLine:
    """One line of the receipt, drawn from the award's working.

    `kind`: line (a cost), struck (a cost not supported, with the reason from the kept list
    and the officer's own words), rule (a step of the arithmetic), grant and pays (the two
    results, once each).
    """

    label_en: str
    label_zh_hant: str
    label_zh_hans: str
    cents: int
    kind: str = "line"
    reason_en: str = ""
    reason_zh_hant: str = ""
    reason_zh_hans: str = ""
    words_en: str = ""
    words_zh: str = ""

    def __post_init__(self):
        if self.kind not in LINE_KINDS:
            raise ValueError(self.kind)


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why: the rule by its name, and the officer's own words where there are any.

    `mend_…` says how to put it right, where that is possible.
    """

    rule_en: str
    rule_zh_hant: str
    rule_zh_hans: str
    words_en: str = ""
    words_zh: str = ""
    mend_en: str = ""
    mend_zh_hant: str = ""
    mend_zh_hans: str = ""


@dataclass(frozen=True, kw_only=True)
class Condition:
    """A condition of this case beyond those that every offer bears."""

    text_en: str
    text_zh_hant: str
    text_zh_hans: str


@dataclass(frozen=True, kw_only=True)
class PaymentProof:
    """A way of paying the provider, accepted or not on the day of the letter."""

    accepted: bool
    name_en: str
    name_zh_hant: str
    name_zh_hans: str


@dataclass(frozen=True, kw_only=True)
class Contents:
    """What every letter has. `reference` is the subject: the application's reference."""

    kind: ClassVar[str]
    reference: str
    addressee: Addressee
    package: PackageNamed

    @property
    def sum_cents(self) -> int | None:
        """The sum a stranger sees when checking the letter; None where it names none."""
        return getattr(self, "grant_cents", None)


@dataclass(frozen=True, kw_only=True)
class ApprovalLetter(Contents):
    """The offer. `review_until` is set where the sum was reduced, so that a review is open."""

    kind: ClassVar[str] = OFFER
    receipt: tuple[ReceiptLine, ...]
    grant_cents: int
    applicant_pays_cents: int
    accept_by: date
    implementation_months: int
    working_by: date
    review_until: date | None = None
    conditions: tuple[Condition, ...] = ()
    payment_proofs: tuple[PaymentProof, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DeclineLetter(Contents):
    kind: ClassVar[str] = DECLINE
    reasons: tuple[Reason, ...]
    review_until: date | None = None


@dataclass(frozen=True, kw_only=True)
class WaitingForFundsNotice(Contents):
    """A notice, never an offer: the case passed, the money is committed to others.

    `received_on` fixes its place in the queue; `next_word_by` is when we write again.
    """

    kind: ClassVar[str] = FUNDS
    received_on: date
    next_word_by: date | None = None


@dataclass(frozen=True, kw_only=True)
class ReviewOutcomeLetter(Contents):
    """What the review decided. `changed`: a new sum, never below the one before; a letter with its
    offer follows unless the sum before was `accepted`, which then holds for the new one too.
    `accept_by` is set where an offer was kept and waits to be accepted; its days ran on.
    With `waiting_cents` the sum is to rise to that when money comes free, in order of
    `received_on`; until then the sum before stays in force, so that the letter grants none."""

    kind: ClassVar[str] = REVIEW
    changed: bool
    accepted: bool = False
    reasons: tuple[Reason, ...] = ()
    receipt: tuple[ReceiptLine, ...] = ()
    grant_cents: int | None = None
    applicant_pays_cents: int | None = None
    accept_by: date | None = None
    working_by: date | None = None
    waiting_cents: int | None = None
    received_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class WithdrawalConfirmation(Contents):
    """`released_cents` is what had been set aside for the case and returned, if anything."""

    kind: ClassVar[str] = WITHDRAWAL
    withdrawn_on: date
    released_cents: int | None = None


@dataclass(frozen=True, kw_only=True)
class LapseNotice(Contents):
    """`back_until` is the last day for having the offer back; None where it was had back before."""

    kind: ClassVar[str] = LAPSE
    accept_by: date
    lapsed_on: date
    released_cents: int | None = None
    back_until: date | None = None


KINDS = {
    kind.kind: kind
    for kind in (
        ApprovalLetter,
        DeclineLetter,
        WaitingForFundsNotice,
        ReviewOutcomeLetter,
        WithdrawalConfirmation,
        LapseNotice,
    )
}


def canonical(contents: Contents) -> str:
    """The one text of these contents: sorted keys, no spaces, ISO dates (version 1)."""
    return json.dumps(
        asdict(contents),
        default=date.isoformat,
        ensure_ascii=False,
        separators=(",", ":"),
        sort_keys=True,
    )


def restored(kind: str, text: str) -> Contents:
    """The contents that `canonical` wrote."""
    return _build(KINDS[kind], json.loads(text))


def _build(shape, value):
    hints = get_type_hints(shape)
    return shape(**{f.name: _value(hints[f.name], value[f.name]) for f in fields(shape) if f.name in value})


def _value(shape, value):
    if value is None:
        return None
    if get_origin(shape) is tuple:
        return tuple(_value(get_args(shape)[0], item) for item in value)
    if shape is date or date in get_args(shape):
        return date.fromisoformat(value)
    return _build(shape, value) if hasattr(shape, "__dataclass_fields__") else value
