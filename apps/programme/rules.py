"""What a rule's value may be, and who is eligible: predicates over plain values."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from apps.programme.contents import (
    HAWKER_CEILING,
    RATIO,
    TERM_UNITS,
    UNITS,
    Fact,
    Terms,
)

MET, UNMET, UNSURE = "met", "unmet", "unsure"
_MAY_BE_ZERO = ("percent",)


def value_problem(key: str, unit: str, value: Any) -> str | None:
    """Why a rule cannot hold this value, in words; None when it can."""
    if unit not in UNITS:
        return _("Choose the kind of value.")
    if key == RATIO and unit != "ratio" or TERM_UNITS.get(key, unit) != unit:
        return _("This rule holds another kind of value.")
    if unit == "statement":
        return None if value is None else _("A rule that is words only has no value.")
    return _ratio_problem(value) if unit == "ratio" else _number_problem(key, unit, value)


def _ratio_problem(value):
    named = isinstance(value, dict) and set(value) == {"government", "firm"}
    if not named or any(type(part) is not int or part < 0 for part in value.values()):
        return _("Give the ratio as two whole numbers, government and firm.")
    return None if value["government"] > 0 else _("The government’s number in the ratio is at least 1.")


def _number_problem(key, unit, value):
    least = 0 if unit in _MAY_BE_ZERO or key == HAWKER_CEILING else 1
    if type(value) is not int or value < least:
        return _("Enter a whole number, with sums in cents.")
    if unit == "percent" and value > 100:
        return _("Enter a percentage from 0 to 100.")
    return None


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What an SME says of itself and of what it buys; None where it does not know.

    `registered` is "brn", "hawker" (a fixed-pitch licence and no number) or "neither"; `sector`
    is a sector's code, or "other"; `full_time` counts the business's own full-time employees,
    `group_full_time` those of the other companies of its `group` together.
    """

    registered: str | None = None
    listed_or_public: bool | None = None
    operating: bool | None = None
    sector: str | None = None
    full_time: int | None = None
    group: bool | None = None
    group_full_time: int | None = None
    other_funding: bool | None = None
    already_paid: bool | None = None


@dataclass(frozen=True)
class Finding:
    """One rule, whether it is met, and a sentence to the reader. `fact` tells mark and source."""

    rule: str
    verdict: str
    words: str
    fact: Fact | None = None


def eligibility(answers: Answers, *, terms: Terms, sectors: Collection[str]) -> list[Finding]:
    """Who may apply: a finding for each rule, with its fact, in the order of the rules.

    `sectors` are the codes of the target sectors. Source: programme.md, "Who may apply" 1 to 4.
    """
    found = [*about_the_business(answers, employees_below=terms.employees_below), _sector(answers.sector, sectors)]
    return [Finding(f.rule, f.verdict, f.words, terms.facts.get(f.rule)) for f in found]


def about_the_business(answers: Answers, *, employees_below: int) -> list[Finding]:
    """What a business must be, all but its sector; only the rules that can apply to it.

    A hawker with a licence alone is one person: no listed body, no group of companies.
    """
    alone = answers.registered == "hawker"
    found = [_registration(answers.registered)]
    if not alone or answers.listed_or_public is not None:
        found.append(_yes_no("not_public_body", _reversed(answers.listed_or_public), *_PUBLIC_BODY))
    found.append(_yes_no("operating", answers.operating, *_OPERATING))
    found.append(_own_head_count(answers.full_time, employees_below))
    if not alone and found[-1].verdict != UNMET:
        found.append(_group_head_count(answers, employees_below))
    return found


def about_the_purchase(answers: Answers) -> list[Finding]:
    """What must be true of the things bought. Source: programme.md, "Who may apply" 7 and 8."""
    return [
        _yes_no("no_other_funding", _reversed(answers.other_funding), *_OTHER_FUNDING),
        _yes_no("no_spending_before_approval", _reversed(answers.already_paid), *_NOTHING_SPENT),
    ]


def head_count(answers: Answers) -> int | None:
    """Full-time employees of the business and its group together; None while one is not known."""
    if answers.full_time is None or answers.group is None:
        return None
    if not answers.group:
        return answers.full_time
    return None if answers.group_full_time is None else answers.full_time + answers.group_full_time


def outcome(findings: Collection[Finding]) -> str:
    """ "unmet" when any rule is, else "unsure" when any rule is, else "met"."""
    verdicts = {finding.verdict for finding in findings}
    return next((verdict for verdict in (UNMET, UNSURE) if verdict in verdicts), MET)


def _reversed(answer):
    return None if answer is None else not answer


_REGISTRATION = {
    "brn": (MET, _("The business is registered under the Business Registration Ordinance.")),
    "hawker": (
        MET,
        _("You hold a fixed-pitch hawker licence, so you need no business registration number."),
    ),
    "neither": (
        UNMET,
        _(
            "The programme is for registered businesses and "
            "for holders of a fixed-pitch hawker licence. "
            "Register the business with the Inland Revenue Department first."
        ),
    ),
    None: (UNSURE, _("Find your business registration certificate or hawker licence.")),
}
_PUBLIC_BODY = (
    _("The business is not listed, not a statutory body and not subvented."),
    _("Companies listed in Hong Kong, statutory bodies and subvented bodies cannot apply."),
    _("Find out whether the business is listed, a statutory body or subvented."),
)
_OPERATING = (
    _("The business operates in Hong Kong."),
    _("The business must have substantive operation in Hong Kong when you apply. Apply once it has opened."),
    _("Have ready what shows that the business operates in Hong Kong, such as invoices or a lease."),
)
_OTHER_FUNDING = (
    _("No other public funding pays for the same item."),
    _("One item cannot be paid for twice. Apply for an item that no other public funding pays for."),
    _("Find out whether other public funding pays for the same item."),
)


_NOTHING_SPENT = (
    _("Nothing is paid or signed yet."),
    _(
        "Money spent before approval cannot be funded. If the provider asked for "
        "a deposit, tell us: that is against its promise."
    ),
    _("Find out whether anything has been paid or signed."),
)


def _registration(answer):
    verdict, words = _REGISTRATION[answer]
    return Finding("registration", verdict, words)


def _yes_no(rule, met, yes, no, unsure):
    if met is None:
        return Finding(rule, UNSURE, unsure)
    return Finding(rule, MET, yes) if met else Finding(rule, UNMET, no)


def _sector(sector, sectors):
    if sector is None:
        return Finding("sector", UNSURE, _("Choose the sector in which the business earns most."))
    if sector in sectors:
        return Finding("sector", MET, _("The business is in a target sector."))
    return Finding(
        "sector",
        UNMET,
        _("The business must be in one of the target sectors. Look at the list, and ask us if one may fit."),
    )


def _own_head_count(people, below):
    if people is None:
        return Finding("employees_below", UNSURE, _("Count the full-time employees, without part-time staff."))
    verdict, words = (MET, _FEW_ENOUGH) if people < below else (UNMET, _TOO_MANY)
    return Finding("employees_below", verdict, format_lazy(words, people=people, below=below))


def _group_head_count(answers, below):
    """Known to be too many only by the others, which is a rule of its own and surer or not."""
    if answers.group is False:
        return Finding("group_counted_together", MET, _("The business belongs to no group of companies."))
    together = head_count(answers)
    if together is None:
        return Finding("group_counted_together", UNSURE, _COUNT_THE_GROUP)
    verdict, words = (MET, _FEW_TOGETHER) if together < below else (UNMET, _TOO_MANY_TOGETHER)
    return Finding("group_counted_together", verdict, format_lazy(words, people=together, below=below))


_FEW_ENOUGH = _("The business has fewer than {below} full-time employees.")
_TOO_MANY = _(
    "With {people} full-time employees the business is too large: the programme is for businesses "
    "with fewer than {below}. Check that part-time staff are not counted."
)
_COUNT_THE_GROUP = _(
    "Find out whether the business belongs to a group of companies, and how many full-time employees the others have."
)
_FEW_TOGETHER = _("Together with its group, the business has {people} full-time employees, fewer than {below}.")
_TOO_MANY_TOGETHER = _(
    "Together with its group, the business has {people} full-time employees. The programme is for "
    "businesses with fewer than {below}. Check that part-time staff are not counted."
)


def is_full_time(hours: Collection[int], *, each_week: int, four_weeks: int | None = None) -> bool:
    """Whether four consecutive weeks make a continuous contract under the test in force.

    Each week reaches `each_week` hours or, where the test has it, the four reach
    `four_weeks` together. Source: Employment Ordinance (Cap. 57).
    """
    worked = list(hours)
    if len(worked) != 4:
        raise ValueError(len(worked))
    return min(worked) >= each_week or (four_weeks is not None and sum(worked) >= four_weeks)


def takes_effect_late_enough(valid_from: date, today: date) -> bool:
    """New terms never reach back: what somebody has applied under stays as it was."""
    return valid_from > today
