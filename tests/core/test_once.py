"""While a page is only read, the same question is asked once; a verb asks each time."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from apps.core.middleware import OneAnswerEach
from apps.core.once import once


@pytest.mark.parametrize(("method", "asked"), [("get", 1), ("head", 1), ("post", 2)])
def test_only_a_page_that_is_read_asks_once(method, asked):
    answers = iter(range(10))

    def page(_request):
        once("question", lambda: next(answers))
        return HttpResponse(str(once("question", lambda: next(answers))))

    response = OneAnswerEach(page)(getattr(RequestFactory(), method)("/"))
    assert response.content == str(asked - 1).encode()


def test_nothing_is_known_from_the_page_before():
    answers = iter("ab")
    page = OneAnswerEach(lambda _request: HttpResponse(once("question", lambda: next(answers))))
    assert [page(RequestFactory().get("/")).content for _time in range(2)] == [b"a", b"b"]


def test_outside_of_a_page_each_asks_for_itself():
    answers = iter("ab")
    assert [once("question", lambda: next(answers)) for _time in range(2)] == ["a", "b"]
