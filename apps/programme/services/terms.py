"""The terms by day or by name, and how two people change a rule."""

from dataclasses import fields
from datetime import date

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _

from apps.accounts.permissions import require_role
from apps.audit import services as audit
from apps.core import dates
from apps.core.errors import NotAllowed, RuleBroken, WrongState
from apps.programme import rules
from apps.programme.contents import RATIO, SCHEME, TERM_UNITS, Fact, Terms
from apps.programme.models import Rule, Scheme, TermsVersion, kept

_OF_A_FACT = [field.name for field in fields(Fact) if field.name != "confirmed"]


def terms_at(scheme: str = SCHEME, on: date | None = None) -> Terms:
    """The scheme's terms in force on a Hong Kong day (today unless given).

    Raises RuleBroken("no_terms") before the scheme's first day.
    """
    day = on or dates.today()
    return _known(kept(("terms on", scheme, day), lambda: _terms(scheme, _name_on(scheme, day))))


def terms_named(name: str, scheme: str = SCHEME) -> Terms:
    """The terms under this name, in force or not any more. Raises RuleBroken("no_terms")."""
    return _known(kept(("terms named", scheme, name), lambda: _terms(scheme, name)))


def _known(terms):
    if terms is None:
        raise RuleBroken(_("The programme has no terms for this day. Choose a later day."), "no_terms")
    return terms


def _name_on(scheme, day):
    begun = TermsVersion.objects.filter(scheme=scheme, valid_from__lte=day)
    return begun.order_by("-valid_from").values_list("name", flat=True).first()


def _terms(scheme, name):
    held = TermsVersion.rules.through.objects.filter(termsversion__scheme=scheme, termsversion__name=name)
    rows = list(
        held.order_by("rule__place", "rule__key").values(
            *[f"rule__{name}" for name in _OF_A_FACT],
            "rule__confirmed_at",
            scheme=F("termsversion__scheme"),
            name=F("termsversion__name"),
            begins=F("termsversion__valid_from"),
        )
    )
    return _assembled(rows) if rows else None


def _assembled(rows):
    facts = {row["rule__key"]: _fact(row) for row in rows}
    ratio = facts[RATIO].value
    return Terms(
        name=rows[0]["name"],
        scheme=rows[0]["scheme"],
        valid_from=rows[0]["begins"],
        facts=facts,
        government_share=ratio["government"],
        firm_share=ratio["firm"],
        **{key: facts[key].value for key in TERM_UNITS},
    )


def _fact(row):
    return Fact(
        confirmed=row["rule__confirmed_at"] is not None,
        **{name: row[f"rule__{name}"] for name in _OF_A_FACT},
    )


def unconfirmed_rules(terms: Terms) -> list[Fact]:
    """The rules on which nothing may be decided outside a demonstration."""
    return [fact for fact in terms.facts.values() if fact.blocks]


@transaction.atomic
def propose_rule(*, key, value, unit, valid_from, mark, source, statement, by, scheme=SCHEME) -> Rule:
    """Propose the next version of one fact; it stands in no terms until another confirms it.

    `statement` and `source` are {"en": …, "zh_hant": …, "zh_hans": …}. Raises
    NotAllowed, or RuleBroken: "value", "valid_from".
    """
    row = Scheme.objects.select_for_update().get(pk=scheme)
    require_role(by, "administrator")
    _require_sound(key, unit, value, valid_from)
    known = Rule.objects.filter(scheme=row, key=key).aggregate(version=Max("version"), place=Max("place"))
    rule = Rule.objects.create(
        scheme=row,
        key=key,
        unit=unit,
        value=value,
        valid_from=valid_from,
        mark=mark,
        version=(known["version"] or 0) + 1,
        place=known["place"] or 0,
        proposed_by=by.person,
        proposed_at=dates.now(),
        **{f"statement_{code}": words for code, words in statement.items()},
        **{f"source_{code}": words for code, words in source.items()},
    )
    audit.record(rule.subject, "rule:proposed", by=by, key=key, version=rule.version, value=value)
    return rule


def _require_sound(key, unit, value, valid_from):
    problem = rules.value_problem(key, unit, value)
    if problem:
        raise RuleBroken(problem, "value", field="value")
    if not rules.takes_effect_late_enough(valid_from, dates.today()):
        raise RuleBroken(
            _("Choose a day after today: terms never change for a day that has begun."),
            "valid_from",
            field="valid_from",
        )


@transaction.atomic
def confirm_rule(rule_pk, *, by) -> TermsVersion | None:
    """Confirm another person's proposal.

    A new version begins new terms on its day, and the terms come back; a rule that came with
    the reference data already stands in its terms, and None comes back.
    """
    Scheme.objects.select_for_update().get(rules=rule_pk)
    rule = Rule.objects.select_for_update().get(pk=rule_pk)
    require_second_person(rule, by)
    terms = None if rule.loaded_at else _terms_with(rule)
    mark_confirmed(rule, by)
    return terms


def _terms_with(rule):
    if not rules.takes_effect_late_enough(rule.valid_from, dates.today()):
        raise WrongState(
            _("The day from which this rule was to hold has come. Propose it for a later day."),
            "too_late",
        )
    before = TermsVersion.objects.filter(scheme=rule.scheme, valid_from__lte=rule.valid_from).last()
    if before and before.valid_from == rule.valid_from:
        terms, kept = before, None
    else:
        terms = TermsVersion.objects.create(
            scheme=rule.scheme,
            valid_from=rule.valid_from,
            name=_next_name(rule.scheme, rule.valid_from.year),
        )
        kept = before.rules.exclude(key=rule.key) if before else []
    _carry_forward(rule)
    terms.rules.add(*(kept or []), rule)
    return terms


def _carry_forward(rule):
    """Terms that begin on this day or later, and have not begun yet, take the new version too."""
    for later in TermsVersion.objects.filter(scheme=rule.scheme, valid_from__gte=rule.valid_from):
        held = later.rules.filter(key=rule.key, valid_from__lte=rule.valid_from)
        if held.exists():
            later.rules.remove(*held)
            if later.valid_from > rule.valid_from:
                later.rules.add(rule)


def _next_name(scheme, year):
    taken = TermsVersion.objects.filter(scheme=scheme, name__startswith=f"{year}.").count()
    return f"{year}.{taken + 1}"


def require_second_person(row, by):
    """Raise unless `by` may confirm this row: proposed, not confirmed, and by somebody else."""
    require_role(by, "administrator")
    if row.confirmed:
        raise WrongState(_("Somebody has confirmed this already."), "confirmed")
    if row.proposed_by_id is None:
        raise WrongState(
            _("Nobody stands behind this yet. Propose it first; another person confirms it."),
            "not_proposed",
        )
    if row.proposed_by_id == by.person.pk:
        raise NotAllowed(_("You proposed this yourself. Another administrator confirms it."), "same_person")


def mark_confirmed(row, by):
    row.confirmed_by, row.confirmed_at = by.person, dates.now()
    row.save(update_fields=["confirmed_by", "confirmed_at"])
    audit.record(row.subject, f"{row._meta.model_name}:confirmed", by=by)
