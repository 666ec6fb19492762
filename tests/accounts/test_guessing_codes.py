"""Wrong codes typed elsewhere shut nobody out: they only leave each code fewer tries."""

import datetime

import pytest

from apps.accounts import services
from apps.core import dates
from apps.core.errors import RuleBroken
from tests.accounts.builders import another_code, applicant, last_code

pytestmark = pytest.mark.django_db
PHONE, HOME, ELSEWHERE = "+85291234567", "203.0.113.1", "198.51.100.9"


def ask(place):
    return services.send_code(purpose="sign_in", channel="text", address=PHONE, language="en", place=place)


def guess(code, place, digits=None):
    """The code of the refusal, or "in"."""
    try:
        services.use_code(key=code.key, digits=digits or another_code(last_code(PHONE)), place=place)
    except RuleBroken as refused:
        return refused.code
    return "in"


@pytest.fixture
def stranger():
    """Fifty wrong codes and some more from elsewhere, as fast as codes are sent; then an hour goes by."""
    applicant(phone=PHONE)
    start, answers = dates.now(), []
    for round_of_five in range(11):
        with dates.clock_set_to(start + datetime.timedelta(minutes=20 * round_of_five)):
            code = ask(ELSEWHERE)
            answers += [guess(code, ELSEWHERE) for _try in range(5)]
    with dates.clock_set_to(start + datetime.timedelta(hours=5)):
        yield answers


def test_a_stranger_is_stopped_and_the_owner_gets_in(stranger):
    assert stranger[:50] == ["wrong_code"] * 50
    assert set(stranger[50:]) == {"too_many_tries"}
    code = ask(HOME)
    assert guess(code, HOME, last_code(PHONE)) == "in"


def test_after_so_many_each_code_bears_one_try_whoever_types(stranger):
    code = ask("192.0.2.77")
    assert [guess(code, "192.0.2.77") for _try in range(2)] == ["wrong_code", "code_ended"]
