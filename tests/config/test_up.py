"""`up` in a copy of the whole project: it serves, stops without a trace, and comes back."""

import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.config.clone import ROOT, Clone, cloned, surroundings

pytestmark = pytest.mark.slow
OUR_OWN = (".venv", ".portal", ".git", "__pycache__", ".*_cache", "*.mo")


@pytest.fixture(scope="module")
def project():
    with cloned() as made:
        for name in ("apps", "config", "fixtures", "static", "templates"):
            shutil.copytree(
                ROOT / name, made.folder / name, dirs_exist_ok=True,
                ignore=shutil.ignore_patterns(*OUR_OWN),
            )  # fmt: skip
        made.lend_packages()
        yield made


@contextmanager
def up(project: Clone):
    """The portal's address and what was said until it ran; Ctrl-C at the end.

    It begins as a script's background job does, with that signal ignored.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    launcher = subprocess.Popen(
        [sys.executable, "manage.py", "up", "--port", port], cwd=project.folder,
        env=surroundings(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),
    )  # fmt: skip
    said = []
    for line in launcher.stdout:
        said.append(line)
        if line.startswith("The portal runs at"):
            break
    else:
        raise AssertionError("".join(said))
    try:
        yield f"http://127.0.0.1:{port}", "".join(said)
    finally:
        launcher.send_signal(signal.SIGINT)
        launcher.communicate(timeout=60)
    assert launcher.returncode == 0


def processes_of(project: Clone) -> list[str]:
    """Arguments of the running processes that name this folder."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            found.append(path.read_bytes().replace(b"\0", b" ").decode(errors="replace"))
    return [arguments for arguments in found if str(project.folder) in arguments]


def get(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as fault:
        return fault.code


def becomes_ready(address: str) -> bool:
    """The worker reports itself a few seconds after the web server answers."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        if get(f"{address}/readyz") == 200:
            return True
        time.sleep(0.3)
    return False


def test_it_serves_stops_and_comes_back(project):
    with up(project) as (address, said):
        assert get(f"{address}/healthz") == 200
        assert get(f"{address}/en/") == 200
        assert "unchanged" not in said
    assert processes_of(project) == []
    began = time.monotonic()
    with up(project) as (address, said):
        assert time.monotonic() - began < 20
        assert re.search(r"Tables … \d\.\d s, unchanged", said)
        assert becomes_ready(address)
    assert processes_of(project) == []
