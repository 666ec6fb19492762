"""What a package costs, as the lines that the one calculation works on."""

from apps.catalogue import rules
from apps.funding.calculation import Award, Line, Monthly, award

NAMES = ("name_en", "name_zh_hant", "name_zh_hans")
BASIC_NAMES = {"name_en": "Basic package", "name_zh_hant": "基本套餐", "name_zh_hans": "基本套餐"}


def lines_of(version, options=()):
    """(basic, options) of a listed version: Line or Monthly, and Lines coded "option:<id>"."""
    if version.pricing == rules.MONTHLY:
        basic = Monthly("basic", version.price_cents, version.months, **BASIC_NAMES)
    else:
        basic = Line("basic", version.price_cents, **BASIC_NAMES)
    return basic, [
        Line(
            f"option:{option.pk}",
            option.price_cents,
            **{name: getattr(option, name) for name in NAMES},
        )
        for option in options
    ]


def award_for(version, options=(), *, terms, awarded_cents=0) -> Award:
    """What the programme would pay for this version with these options; sums in cents."""
    basic, lines = lines_of(version, options)
    return award(basic, lines, terms=terms, awarded_cents=awarded_cents)


def award_lines(confirmation, struck=()):
    """(basic, options) of a confirmation as frozen; lines whose code is in `struck` count nothing.

    Codes are "basic" and "option:<id>", the same as on the package page.
    """
    kept = confirmation.content["basic"]
    names = {name: kept[name] for name in NAMES}
    is_struck = kept["code"] in struck
    if kept["pricing"] == rules.MONTHLY:
        basic = Monthly(kept["code"], kept["price_cents"], kept["months"], **names, struck=is_struck)
    else:
        basic = Line(kept["code"], kept["price_cents"], **names, struck=is_struck)
    return basic, [
        Line(
            one["code"],
            one["cents"],
            **{name: one[name] for name in NAMES},
            struck=one["code"] in struck,
        )
        for one in confirmation.content["options"]
    ]
