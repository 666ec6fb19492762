"""From an empty database to one that can be worked with. Every step may be done again."""

import re
import subprocess
from pathlib import Path

from .database import Database
from .environment import lock_file
from .places import LOCALE, LOGS, ROOT, shown, venv_python
from .progress import Progress, Stop
from .stamps import fingerprint

NAMED_FAULT = re.compile(r"[a-z_.A-Z]*(Error|Exception|Stop|Refused|Exists|Violation)\b.*: ")
COMPILE = """
import os, sys, polib
for path in sys.argv[1:]:
    compiled = path[:-2] + "mo"
    polib.pofile(path).save_as_mofile(compiled + ".new")
    os.replace(compiled + ".new", compiled)
"""


def command_exists(name: str) -> bool:
    """Whether one of our apps brings this management command."""
    return any(ROOT.glob(f"apps/*/management/commands/{name}.py"))


def django(database: Database, *words: str, owner: bool = False, **variables: str) -> str:
    """Run one management command; what it printed. A failing one stops with its last line."""
    log = LOGS / f"{words[0]}.log"
    done = subprocess.run(
        [venv_python(), "manage.py", *words], cwd=ROOT, stdin=subprocess.DEVNULL,
        env={**database.environment(owner=owner), "PORTAL_INSIDE": "1", **variables},
        capture_output=True, text=True,
    )  # fmt: skip
    log.write_text(done.stdout + done.stderr)
    if done.returncode:
        raise Stop(f"`{words[0]}` failed: {_fault(done)} (details: {shown(log)})")
    return done.stdout


def _fault(done: subprocess.CompletedProcess) -> str:
    """The line that names the fault: a traceback's last one, before PostgreSQL's hints."""
    lines = (done.stderr.strip() or done.stdout.strip() or "it said nothing").splitlines()
    named = [line for line in lines if NAMED_FAULT.match(line)]
    return (named or lines)[-1].strip()


def demonstrate(database: Database) -> str:
    """Load the demonstration, or freshen it; the words about its people.

    While it is loaded, commits need not wait for the disk: if the machine dies, the next
    start sees that the loading was cut off and begins anew.
    """
    stamps = database.stamps()
    known = stamps is None or stamps.knows("demonstrate")
    hurry = {} if known else {"PGOPTIONS": "-c synchronous_commit=off"}
    database.loading(not known)
    people = django(database, "demonstrate", **hurry).strip()
    if hurry:
        database.ask("CHECKPOINT")
    database.loading(False)
    if not known:
        stamps.put("demonstrate", "loaded")
    return people


def compile_translations() -> None:
    """.po to .mo for what changed; needs no gettext programs."""
    stale = [po for po in LOCALE.glob("*/LC_MESSAGES/*.po") if _older(po.with_suffix(".mo"), po)]
    if not stale:
        return
    done = subprocess.run([venv_python(), "-c", COMPILE, *map(str, stale)], capture_output=True, text=True)
    if done.returncode:
        words = done.stderr.strip().splitlines()[-1]
        raise Stop(f"The translations could not be compiled: {words}")


def _older(made: Path, source: Path) -> bool:
    return not made.exists() or made.stat().st_mtime < source.stat().st_mtime


def migrate(database: Database, progress: Progress) -> None:
    mark = fingerprint([*ROOT.glob("apps/*/migrations/*.py"), lock_file("runtime"), *_rights()])
    with progress.step("Tables") as words:
        if _done(database, "migrate", mark, words):
            return
        django(database, "migrate", "--noinput", owner=True)
        if command_exists("grant_rights"):
            django(database, "grant_rights", "--role", database.serving_role(), owner=True)
        _remember(database, "migrate", mark)


def mark_demonstration(database: Database, wanted: bool) -> bool:
    """Write the row into a database that may have it; whether it is there now."""
    if wanted and database.may_be_marked():
        database.mark()
    return database.is_demonstration()


def load_reference(database: Database, progress: Progress) -> None:
    if not command_exists("load_reference"):
        return
    sources = [path for path in ROOT.glob("fixtures/reference/**/*") if path.is_file()]
    mark = fingerprint([*sources, *ROOT.glob("apps/programme/**/*.py")])
    with progress.step("Scheme, terms and lists") as words:
        if _done(database, "load_reference", mark, words):
            return
        django(database, "load_reference")
        _remember(database, "load_reference", mark)


def _rights() -> list[Path]:
    return list(ROOT.glob("apps/*/management/commands/grant_rights.py"))


def _done(database: Database, step: str, mark: str, words: list[str]) -> bool:
    stamps = database.stamps()
    if stamps is None or not stamps.has(step, mark):
        return False
    words.append("unchanged")
    return True


def _remember(database: Database, step: str, mark: str) -> None:
    stamps = database.stamps()
    if stamps is not None:
        stamps.put(step, mark)
