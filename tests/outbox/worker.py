"""The real Celery worker, with a receiver of the test's own. Run as a program by the tests.

The receiver writes one event. In "slow" mode the first attempt touches a file after
writing, and then takes its time: long enough for a test to kill the worker in between.
"""

import os
import sys
import time
from pathlib import Path

import django

django.setup()

from apps.audit.services import record  # noqa: E402
from apps.core.actors import SYSTEM  # noqa: E402
from apps.outbox.registry import receives  # noqa: E402
from config.celery import EVERY, app  # noqa: E402

EVERY["outbox.sweep"] = 1


@receives("case:moved")
def count(announcement):
    record(announcement.reference, "case:counted", by=SYSTEM)
    begun = Path(os.environ["BEGUN"])
    if os.environ["PACE"] == "slow" and not begun.exists():
        begun.write_text(str(os.getpid()))
        time.sleep(60)


if __name__ == "__main__":
    app.worker_main(
        [
            "worker",
            "--pool",
            "prefork",
            "--concurrency",
            "1",
            "--loglevel",
            "WARNING",
            *sys.argv[1:],
        ]
    )
