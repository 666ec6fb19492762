"""The running portal for a journey: the real web server and the real worker, as `up` starts them."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from tests.databases import address

WEB = (
    "-m gunicorn config.wsgi:application --worker-class gthread --workers 1 --threads 8 "
    "--graceful-timeout 5 --no-control-socket --log-level warning"
).split()
WORKER = (
    "-m celery --app config.celery worker --beat --pool prefork --concurrency 1 --loglevel WARNING "
    "--without-gossip --without-mingle --without-heartbeat"
).split()
READY_WITHIN = 60


@dataclass(frozen=True)
class Portal:
    home: str
    log: Path


@contextmanager
def running(state: Path):
    """Both programs over the database in use, their files under `state`."""
    (state / "static").mkdir(parents=True)
    taken = socket.create_server(("127.0.0.1", 0))
    home = f"http://127.0.0.1:{taken.getsockname()[1]}"
    log = state / "programs.log"
    surroundings = os.environ | {
        "DATABASE_URL": address(),
        "PORTAL_STATE": str(state),
        "PORTAL_ADDRESS": home,
        "C_FORCE_ROOT": "1",
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }
    web = [*WEB, "--bind", f"fd://{taken.fileno()}"]
    beat = [*WORKER, "--schedule", str(state / "beat")]
    with (
        taken,
        log.open("ab") as out,
        _program(web, surroundings, out, taken.fileno()),
        _program(beat, surroundings, out),
    ):
        _until_it_answers(f"{home}/healthz", log)
        yield Portal(home, log)


@contextmanager
def _program(arguments, surroundings, out, *handles):
    process = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=settings.ROOT,
        env=surroundings,
        stdout=out,
        stderr=out,
        pass_fds=handles,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _until_it_answers(url, log):
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except urllib.error.HTTPError as fault:
            fault.close()
        except OSError:
            pass
        time.sleep(0.1)
    raise AssertionError(f"the portal does not answer: {log.read_text()[-2000:]}")
