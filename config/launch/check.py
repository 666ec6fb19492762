"""`python3 manage.py test`: everything the tests need, then pytest."""

import os
from collections.abc import Sequence

from . import environment, machine, prepare
from .command import run_in_front
from .locks import Lock
from .places import STATE, make_state_folder, venv_python
from .postgres import FORGETFUL, running
from .progress import Stop, say, warn

DRIVEN = (machine.BROWSER, machine.BROWSER_DRIVER)
BROWSER_NEEDS = (*DRIVEN, machine.CHINESE_FONT, machine.POPPLER)


def test(words: Sequence[str]) -> int:
    """Run pytest with these arguments; its exit status."""
    make_state_folder()
    lock = Lock(STATE / "tests.lock")
    if not lock.alone():
        raise Stop("Tests are running already in this folder: wait until they end.")
    if not environment.is_ready("test"):
        say("Installing what the tests need; the first time this takes about 30 s.")
        environment.make_ready("test")
    missing = machine.provide([*BROWSER_NEEDS, machine.PDF_LIBRARIES])
    if missing and _in_ci():
        raise Stop(missing)
    if missing:
        warn(f"{missing} Tests that need it are skipped.")
    prepare.compile_translations()
    with running("tests", FORGETFUL) as server:
        variables = {
            **{key: value for key, value in os.environ.items() if not key.startswith("PG")},
            "DATABASE_URL": server.url("postgres", "portal"),
            "PORTAL_STATE": str(STATE / "tests"),
            "PORTAL_CHROMIUM": _browser(),
            "PORTAL_MISSING": missing,
        }
        for name in ("MEDIA_ROOT", "EMAIL_URL", "CELERY_BROKER_URL", "DATABASE_OWNER_URL"):
            variables.pop(name, None)  # Tests touch nothing that somebody works with.
        (STATE / "tests" / "static").mkdir(parents=True, exist_ok=True)
        command = [str(venv_python()), "-m", "pytest", *_workers(words), *words]
        return run_in_front(command, variables)


def _browser() -> str:
    """Chromium's path, when everything is here that it takes to drive it; else nothing."""
    complete = all(need.present() for need in DRIVEN)
    return (machine.program(*machine.CHROMIUM) or "") if complete else ""


def _in_ci() -> bool:
    return os.environ.get("CI", "").lower() not in {"", "0", "false"}


def _workers(words: Sequence[str]) -> list[str]:
    """One process a core, unless the arguments say otherwise or name a single test."""
    chosen = any(word.startswith(("-n", "--numprocesses", "--pdb")) for word in words)
    single = any("::" in word for word in words)
    return [] if chosen or single else ["-n", "logical", "--dist", "loadfile"]
