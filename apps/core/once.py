"""One answer to one question while a request only reads.

Some things are asked in several places of a page: which edition of the rules stands, for
whom the person acts, whether this is a demonstration. While a page is only read, the first
answer serves again. A request that may change something, a task and a command ask each
time: a verb must see what is true behind its locks.
"""

from contextlib import contextmanager
from contextvars import ContextVar

_answers: ContextVar[dict | None] = ContextVar("answers", default=None)


@contextmanager
def one_answer_each():
    before = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(before)


def once(question, ask):
    """What `ask()` gives, or gave to the same question (hashable) while this page was read."""
    answers = _answers.get()
    if answers is None:
        return ask()
    if question not in answers:
        answers[question] = ask()
    return answers[question]
