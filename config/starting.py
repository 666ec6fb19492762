"""Before anything serves: in production, what must not be is refused in one sentence."""

import sys

from django.core.exceptions import ImproperlyConfigured

# gunicorn gives up at this status; at any other it would try again for ever.
NOT_WORTH_TRYING_AGAIN = 3


def refuse_or_go_on() -> None:
    """End this process, saying why, where production must not start; else nothing."""
    from apps.operations.checks import refusals

    for sentence in refusals():
        stop(sentence)


def stop(sentence) -> None:
    """One sentence on standard error, and the end of the process."""
    sys.stderr.write(f"The portal does not start. {sentence}\n")
    sys.exit(NOT_WORTH_TRYING_AGAIN)


def set_up(make):
    """What `make` returns; a missing setting is a sentence and not a traceback."""
    try:
        made = make()
    except ImproperlyConfigured as fault:
        stop(fault)
    refuse_or_go_on()
    return made
