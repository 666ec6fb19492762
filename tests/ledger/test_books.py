"""Whatever is decided in whatever order, the books agree with a child's sum of them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from apps.core.actors import SYSTEM
from apps.core.errors import RuleBroken
from apps.ledger import services
from tests.ledger.conftest import CEILING, award, take_back

BUDGET = 12_000_000
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["award", "take back", "return all"]),
        st.integers(1, 4),
        st.integers(1, CEILING + 1),
    ),
    max_size=25,
)


class TestBooks(TestCase):
    @given(STEPS)
    @settings(max_examples=40, deadline=None)
    def test_budget_and_ceilings_are_kept_and_equal_a_plain_sum(self, steps):
        services.open_budget(scheme="DTSPP", cents=BUDGET, by=SYSTEM)
        plain = {}
        for number, (verb, case, cents) in enumerate(steps, start=100):
            _step(plain, verb, f"A-{case}", cents, number)
            assert services.left_in_budget("DTSPP") == BUDGET - sum(plain.values())
        for case in range(1, 5):
            identity, own = f"brn:{case}", _of(plain, f"A-{case}")
            assert services.awarded_to("DTSPP", identity) == own
            assert services.left_under_ceiling("DTSPP", identity, CEILING) == CEILING - own
        assert list(services.check()) == []


def _of(plain, case):
    return sum(cents for (holder, _), cents in plain.items() if holder == case)


def _step(plain, verb, case, cents, number):
    if verb == "return all":
        freed = services.reverse_all(reference=case, scheme="DTSPP", by=SYSTEM)
        assert freed == _of(plain, case)
        for key in [key for key in plain if key[0] == case]:
            del plain[key]
    elif verb == "take back":
        mine = [key for key in plain if key[0] == case]
        if mine:
            take_back(case, number, of=mine[0][1])
            del plain[mine[0]]
    else:
        _award(plain, case, cents, number)


def _award(plain, case, cents, number):
    too_much = cents > CEILING - _of(plain, case)
    no_funds = cents > BUDGET - sum(plain.values())
    if too_much or no_funds:
        with pytest.raises(RuleBroken, match="ceiling" if too_much else "no_funds"):
            award(case, cents, f"brn:{case[2:]}", number)
    else:
        award(case, cents, f"brn:{case[2:]}", number)
        plain[case, number] = cents
