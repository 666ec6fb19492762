"""Playing the stories, in two processes where the machine has two processors.

Nearly all of the work is Python's and PostgreSQL's in turn, so that one process leaves a
processor idle. Two meet in the same rows as two officers' browsers would, and the verbs'
own locks keep them apart.
"""

import multiprocessing
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.util import Finalize

from django.db import connections

from apps.core import dates
from apps.letters import pdf
from apps.operations.demonstration.stories import Stories
from apps.outbox import services as outbox

_stories: Stories | None = None


def play_all() -> None:
    """Every scene, to its end; what goes wrong in one comes out."""
    now = dates.now()
    number = len(Stories(now).scenes)
    if hands() == 1:
        _come_in(now)
        for place in range(number):
            _play(place)
        return
    connections.close_all()  # a connection cannot be shared by two processes
    fork = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(hands(), mp_context=fork, initializer=_come_in, initargs=[now]) as players:
        for _played in players.map(_play, range(number)):
            pass


def hands() -> int:
    """How many processes: two on a Linux with two processors, one wherever else."""
    return min(2, len(os.sched_getaffinity(0))) if sys.platform == "linux" else 1


def _come_in(now):
    global _stories
    # The end of a forked process runs nothing that waits for the end of Python.
    Finalize(None, pdf.put_fonts_away, exitpriority=1)
    _stories = Stories(now)


def _play(place):
    with outbox.delivered_here():
        _stories.play(place)
        outbox.deliver_all()
