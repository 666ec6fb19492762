"""What the programme pays towards a purchase, and how that sum comes about.

In the scheme's words: the programme pays the lower of its share of the eligible cost and
what is left under the applicant's ceiling; the applicant pays the rest.

1. The basic package has one price, or a fixed price a month for a number of months. Its
   price may not exceed the basic ceiling. A monthly price is judged over the whole
   subscription term, however few months are bought: 24 months at that price may not
   exceed the basic ceiling. Each optional feature has a fixed price, and no ceiling.
2. The eligible cost is the sum of all cost lines that were not struck.
3. The programme's share is the ratio government : firm of the terms. At 1 : 1 it is half.
   A part of a cent is rounded down. Nothing else is rounded.
4. The ceiling left is the ceiling of the terms less what was awarded before.
5. The programme pays the lower of 3 and 4.
6. The applicant pays everything else, struck lines included: she owes the provider the
   agreed price whatever the programme supports.

A worked example, on the terms of round 1. A point of sale at HK$38,000.01 with members'
coupons at HK$6,500, and advertising at HK$2,000 that an officer struck:

>>> round_1 = AwardTerms(name="2024.1", ceiling_cents=50_000_00, basic_ceiling_cents=100_000_00)
>>> result = award(
...     Line("basic", 38_000_01),
...     [Line("option:1", 6_500_00), Line("option:2", 2_000_00, struck=True)],
...     terms=round_1,
... )
>>> for step in result.working:
...     print(step.kind, step.code, step.cents)
line basic 3800001
line option:1 650000
struck option:2 200000
rule eligible_cost 4450001
rule share 2225000
rule ceiling_left 5000000
grant programme_pays 2225000
pays applicant_pays 2425001

What is paid after delivery follows another rule, on actual cost, and is not computed here.

Every sum is an integer number of cents. Source: the programme's pages as read on
21 September 2026 (ratio, ceilings, months); rounding down and struck lines are this
portal's reading.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

LINE, STRUCK, RULE, GRANT, PAYS = "line", "struck", "rule", "grant", "pays"


class AwardRefused(ValueError):
    """A sum that no award can be computed from.

    `code` is one of not_positive, basic_over_ceiling, monthly_over_ceiling,
    months_out_of_range, awarded_out_of_range; `field` is price, monthly, months, option or
    awarded; `facts` hold the limit in cents or months.
    """

    def __init__(self, code: str, field: str, **facts: int):
        super().__init__(f"{code} ({field})")
        self.code = code
        self.field = field
        self.facts = facts


@dataclass(frozen=True, kw_only=True)
class AwardTerms:
    """What of a scheme's terms the award depends on; sums in cents.

    The ratio is two named numbers, government : firm. 1 : 2 pays a third, 3 : 1 three
    quarters, and 1 : 0 the whole, which is a scheme without matching.
    """

    name: str
    ceiling_cents: int
    basic_ceiling_cents: int
    government_share: int = 1
    firm_share: int = 1
    subscription_months: int = 24

    @property
    def monthly_ceiling_cents(self) -> int:
        """The highest price a month whose whole term stays within the basic ceiling."""
        return self.basic_ceiling_cents // self.subscription_months


@dataclass(frozen=True)
class Line:
    """One price. `code` tells the line from its neighbours: "basic", "option:12".

    A struck line stays in the working with its price and counts nothing.
    """

    code: str
    cents: int
    name_en: str = ""
    name_zh_hant: str = ""
    name_zh_hans: str = ""
    struck: bool = False

    def label_args(self) -> dict[str, Any]:
        return _names(self)


@dataclass(frozen=True)
class Monthly:
    """A basic package by subscription: a fixed price a month, and the months bought."""

    code: str
    month_cents: int
    months: int
    name_en: str = ""
    name_zh_hant: str = ""
    name_zh_hans: str = ""
    struck: bool = False

    @property
    def cents(self) -> int:
        return self.month_cents * self.months

    def label_args(self) -> dict[str, Any]:
        return {**_names(self), "month_cents": self.month_cents, "months": self.months}


@dataclass(frozen=True)
class WorkingLine:
    """One step of the working: codes and numbers; the words are programme.working's."""

    code: str
    cents: int
    kind: str
    label_args: Mapping[str, Any] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        """The step as JSON holds it; `working_from` reads it back."""
        return {**asdict(self), "label_args": dict(self.label_args)}


@dataclass(frozen=True)
class Award:
    """The result; all sums in cents. `half_cents` is the programme's share before the ceiling."""

    eligible_cents: int
    half_cents: int
    ceiling_left_cents: int
    grant_cents: int
    applicant_pays_cents: int
    working: tuple[WorkingLine, ...]

    def plain_working(self) -> list[dict[str, Any]]:
        return [step.plain() for step in self.working]


def award(
    basic: Line | Monthly,
    options: Iterable[Line] = (),
    *,
    terms: AwardTerms,
    awarded_cents: int = 0,
) -> Award:
    """The award for a purchase, with its working. Raises AwardRefused.

    `awarded_cents` is what the same business was awarded before under these terms'
    scheme, from 0 to the ceiling.
    """
    lines = [basic, *options]
    require_prices(basic, lines[1:], terms=terms)
    ceiling_left = terms.ceiling_cents - _whole(awarded_cents)
    if not 0 <= ceiling_left <= terms.ceiling_cents:
        raise AwardRefused("awarded_out_of_range", "awarded", limit=terms.ceiling_cents)
    eligible = sum(line.cents for line in lines if not line.struck)
    share = share_of(eligible, terms)
    grant = min(share, ceiling_left)
    pays = sum(line.cents for line in lines) - grant
    working = (
        *(_cost_step(line, place) for place, line in enumerate(lines)),
        WorkingLine("eligible_cost", eligible, RULE),
        WorkingLine("share", share, RULE, _ratio(terms)),
        WorkingLine("ceiling_left", ceiling_left, RULE),
        WorkingLine("programme_pays", grant, GRANT),
        WorkingLine("applicant_pays", pays, PAYS),
    )
    return Award(eligible, share, ceiling_left, grant, pays, working)


def share_of(cents: int, terms: AwardTerms) -> int:
    """The programme's share of a cost: the one place where anything is rounded, down."""
    return cents * terms.government_share // (terms.government_share + terms.firm_share)


def require_prices(basic: Line | Monthly, options: Iterable[Line] = (), *, terms: AwardTerms) -> None:
    """Raise AwardRefused unless a package at these prices can be listed under the terms."""
    if isinstance(basic, Monthly):
        _require_monthly(basic, terms)
    else:
        _require_positive(basic.cents, "price")
        if over_ceiling(basic, terms):
            raise AwardRefused("basic_over_ceiling", "price", limit=terms.basic_ceiling_cents)
    for option in options:
        _require_positive(option.cents, "option")


def over_ceiling(basic: Line | Monthly, terms: AwardTerms) -> bool:
    """Whether a basic price is above the terms' limit.

    A monthly price counts with all the months the terms support, however few are asked
    for: 4,166.67 × 24 = 100,000.08 fails. Source: programme.md, Money, 2.
    """
    monthly = isinstance(basic, Monthly)
    whole = basic.month_cents * terms.subscription_months if monthly else basic.cents
    return whole > terms.basic_ceiling_cents


def _require_monthly(basic, terms):
    _require_positive(basic.month_cents, "monthly")
    if over_ceiling(basic, terms):
        raise AwardRefused(
            "monthly_over_ceiling",
            "monthly",
            limit=terms.monthly_ceiling_cents,
            months=terms.subscription_months,
            whole=terms.basic_ceiling_cents,
        )
    if not 1 <= _whole(basic.months) <= terms.subscription_months:
        raise AwardRefused("months_out_of_range", "months", limit=terms.subscription_months)


def _require_positive(cents, named):
    if _whole(cents) <= 0:
        raise AwardRefused("not_positive", named)


def _whole(number):
    """A float, or True, is a mistake of the caller and never a sum."""
    if type(number) is not int:
        raise TypeError(f"integer expected, not {number!r}")
    return number


def _cost_step(line, place):
    return WorkingLine(
        line.code,
        line.cents,
        STRUCK if line.struck else LINE,
        {**line.label_args(), "place": place},
    )


def _ratio(terms):
    return {"government": terms.government_share, "firm": terms.firm_share}


def _names(line):
    names = {f"name_{code}": getattr(line, f"name_{code}") for code in ("en", "zh_hant", "zh_hans")}
    return {key: words for key, words in names.items() if words}


def working_from(plain: Iterable[Mapping[str, Any]]) -> tuple[WorkingLine, ...]:
    """The working as it was kept by `plain()`, in its order."""
    return tuple(WorkingLine(**step) for step in plain)
