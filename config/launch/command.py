"""Every other command: Django's own and ours, inside `.venv`, with the database running."""

import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence

from . import environment, prepare
from .database import Database, opened
from .places import ROOT, make_state_folder, venv_python
from .progress import Progress, say

# These change tables or rights, so they work as the owner.
OWNERS = {"migrate", "grant_rights", "sqlmigrate", "showmigrations", "makemigrations", "flush"}
# These must also work before there are tables.
NEED_NO_TABLES = OWNERS | {
    "check", "collectstatic", "compilemessages", "diffsettings", "dbshell", "findstatic", "help",
    "makemessages", "startapp", "version",
}  # fmt: skip


def command(words: Sequence[str]) -> int:
    """Run one management command; its exit status."""
    make_state_folder()
    if not environment.is_ready("runtime"):
        say("Installing the portal's packages; the first time this takes about 20 s.")
        environment.make_ready("runtime")
    name = words[0].lstrip("-")
    with opened() as database:
        if name not in NEED_NO_TABLES and not {"--help", "-h"} & set(words):
            _make_usable(database)
        variables = {**database.environment(owner=name in OWNERS), "PORTAL_INSIDE": "1"}
        return run_in_front([str(venv_python()), "manage.py", *words], variables)


def _make_usable(database: Database) -> None:
    """A command on a fresh clone finds tables and lists, as it would after `up`.

    Only then: somebody who is just changing the models migrates when he wants to.
    """
    stamps = database.stamps()
    if stamps is None or stamps.knows("migrate"):
        return
    quiet = Progress(quiet=True)
    prepare.migrate(database, quiet)
    if database.may_be_marked():
        database.mark()
    prepare.load_reference(database, quiet)
    prepare.compile_translations()


def run_in_front(words: Sequence[str], variables: Mapping[str, str]) -> int:
    """Run a child that has the terminal; Ctrl-C and SIGTERM are the child's to answer."""
    sys.stdout.flush()
    child = subprocess.Popen(words, cwd=ROOT, env=variables)
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: child.terminate())
    try:
        status = child.wait()
    finally:
        signal.signal(signal.SIGINT, before)
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    return status if status >= 0 else 128 - status
