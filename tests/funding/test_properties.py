"""What must hold for every purchase, not only for those that somebody thought of."""

from hypothesis import given, settings
from hypothesis import strategies as st

from apps.funding.calculation import AwardTerms, Line, award, share_of

TERMS = AwardTerms(name="2024.1", ceiling_cents=50_000_00, basic_ceiling_cents=100_000_00)

prices = st.integers(1, TERMS.basic_ceiling_cents)
options = st.lists(st.integers(1, 10**11), max_size=20)
before = st.integers(0, TERMS.ceiling_cents)
ratios = st.tuples(st.integers(1, 9), st.integers(0, 9))
quick = settings(max_examples=150, deadline=None)


def of(price, more=(), awarded=0, terms=TERMS):
    lines = [Line(f"option:{place}", cents) for place, cents in enumerate(more, 1)]
    return award(Line("basic", price), lines, terms=terms, awarded_cents=awarded)


@quick
@given(prices, options, before)
def test_never_above_the_ceiling_nor_above_half_nor_below_nothing(price, more, awarded):
    result = of(price, more, awarded)
    assert 0 <= result.grant_cents <= TERMS.ceiling_cents - awarded
    assert 2 * result.grant_cents <= result.eligible_cents


@quick
@given(prices, options, before)
def test_who_pays_adds_up_to_the_whole_price(price, more, awarded):
    result = of(price, more, awarded)
    assert result.grant_cents + result.applicant_pays_cents == price + sum(more)


@quick
@given(prices, options, before, st.integers(1, 10**9))
def test_a_dearer_purchase_is_never_granted_less(price, more, awarded, extra):
    assert of(price, [*more, extra], awarded).grant_cents >= of(price, more, awarded).grant_cents


@quick
@given(prices, before, before)
def test_who_was_awarded_more_before_is_never_granted_more(price, one, other):
    less, more = sorted((one, other))
    assert of(price, awarded=more).grant_cents <= of(price, awarded=less).grant_cents


@quick
@given(st.lists(st.integers(1, 100_000), min_size=1, max_size=20))
def test_splitting_a_purchase_below_the_ceiling_costs_at_most_a_cent_for_each_extra_part(parts):
    whole = of(parts[0], parts[1:]).grant_cents
    split = awarded = 0
    for part in parts:
        split += of(part, awarded=awarded).grant_cents
        awarded = split
    assert whole - (len(parts) - 1) <= split <= whole


@quick
@given(prices, options, st.data())
def test_striking_lines_never_raises_the_grant_and_leaves_them_in_the_working(price, more, data):
    struck = data.draw(st.lists(st.booleans(), min_size=len(more), max_size=len(more)))
    lines = [Line(f"option:{n}", cents, struck=out) for n, (cents, out) in enumerate(zip(more, struck, strict=True))]
    result = award(Line("basic", price), lines, terms=TERMS)
    assert result.grant_cents <= of(price, more).grant_cents
    assert [step.kind == "struck" for step in result.working[1 : len(more) + 1]] == struck
    assert sum(step.cents for step in result.working if step.kind == "line") == result.eligible_cents


@quick
@given(st.integers(0, 10**12), ratios)
def test_the_share_of_any_ratio_is_rounded_down_by_less_than_a_cent(cents, ratio):
    government, firm = ratio
    terms = AwardTerms(
        name="x",
        ceiling_cents=1,
        basic_ceiling_cents=1,
        government_share=government,
        firm_share=firm,
    )
    share, parts = share_of(cents, terms), government + firm
    assert 0 <= cents * government - share * parts < parts
