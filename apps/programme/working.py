"""The words of an award's working in the language in force, for page, case, letter and API."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from apps.core import said
from apps.core.receipt import Receipt, receipt_from
from apps.funding.calculation import LINE, STRUCK, Award, AwardRefused, WorkingLine

APPLICANT, OFFICER = "applicant", "officer"
LANGUAGES = {"en": "en", "zh_hant": "zh-hant", "zh_hans": "zh-hans"}


@dataclass(frozen=True)
class WordedLine:
    """One line as printed: `kind` is line, struck, rule, grant or pays; the sum in cents."""

    code: str
    label: str
    cents: int
    kind: str


def worded(working: Iterable[WorkingLine], viewer: str = APPLICANT) -> tuple[WordedLine, ...]:
    """Every line of the working in words. `viewer` is applicant ("you pay") or officer."""
    return tuple(WordedLine(step.code, label(step, viewer), step.cents, step.kind) for step in working)


def receipt(award: Award, *, title: str = "", note: str = "", viewer: str = APPLICANT) -> Receipt:
    """The receipt of an award, for `components/receipt.html`."""
    return receipt_from(worded(award.working, viewer), title=title, note=note)


def label(step: WorkingLine, viewer: str = APPLICANT) -> str:
    """The words of one line."""
    if step.kind in (LINE, STRUCK):
        return _cost_label(step.label_args)
    if step.code == "share":
        return _share_label(**step.label_args)
    return _result_labels(viewer)[step.code]


def labels(step: WorkingLine, viewer: str = APPLICANT) -> dict[str, str]:
    """One line's words in three languages: label_en, label_zh_hant, label_zh_hans."""
    found = {}
    for column, language in LANGUAGES.items():
        with override(language):
            found[f"label_{column}"] = label(step, viewer)
    return found


def _result_labels(viewer):
    yours = viewer == APPLICANT
    return {
        "eligible_cost": _("Eligible cost"),
        "ceiling_left": _("Your ceiling left") if yours else _("Ceiling left"),
        "programme_pays": _("The programme pays"),
        "applicant_pays": _("You pay") if yours else _("The applicant pays"),
    }


def _cost_label(args):
    name = said.nearest(args, "name")[0] or _unnamed(args["place"])
    if "months" not in args:
        return name
    return ngettext(
        "%(name)s, %(price)s a month for %(months)d month",
        "%(name)s, %(price)s a month for %(months)d months",
        args["months"],
    ) % {"name": name, "price": said.money(args["month_cents"]), "months": args["months"]}


def _unnamed(place):
    return _("Optional feature %(number)d") % {"number": place} if place else _("Basic package")


def _share_label(*, government, firm):
    if government == firm:
        return _("Half of it")
    if firm == 0:
        return _("All of it")
    return _("%(part)d/%(whole)d of it") % {"part": government, "whole": government + firm}


def refusal(refused: AwardRefused) -> str:
    """Why no award can be computed, in a sentence that says what to enter instead."""
    facts = refused.facts
    if refused.code == "not_positive":
        return _("Enter a sum above HK$0.")
    if refused.code == "basic_over_ceiling":
        return _("Enter a price of at most %(limit)s: a basic package may not cost more.") % {
            "limit": said.money(facts["limit"])
        }
    if refused.code == "monthly_over_ceiling":
        return _("Enter at most %(limit)s a month: %(months)d months may not cost more than %(whole)s.") % {
            "limit": said.money(facts["limit"]),
            "months": facts["months"],
            "whole": said.money(facts["whole"]),
        }
    if refused.code == "months_out_of_range":
        return _("Choose from 1 to %(months)d months.") % {"months": facts["limit"]}
    return _("Enter a sum from HK$0 to %(limit)s, the ceiling of a business.") % {"limit": said.money(facts["limit"])}
