"""The launcher behind manage.py. Standard library only: it runs before anything is installed.

It makes `.venv`, starts the embedded PostgreSQL, prepares the database and runs the
portal, the tests or one command, always with `.venv`'s own Python. Whatever is missing
or in the way ends in one sentence (`progress.Stop`), never in a traceback.
"""

import os
import signal
from collections.abc import Sequence

from .progress import Stop, say, warn

USAGE = """\
python3 manage.py up               bring up the portal (--port, --host, --reset, --demo)
python3 manage.py test             run the tests (arguments go to pytest)
python3 manage.py check_invariants look for anything in the data that must never be
python3 manage.py createadmin      make the first two administrators of an empty portal
python3 manage.py lock             lock the packages of pyproject.toml anew
python3 manage.py help             every other command

Each one makes .venv and starts the embedded database when it has to."""


def main(words: Sequence[str]) -> int:
    """Run what the words ask for; the exit status."""
    if os.name == "nt":
        warn("The portal runs on Linux and macOS: on Windows use WSL.")
        return 1
    # SIGTERM and a closed terminal end everything in order, as Ctrl-C does; and Ctrl-C does so
    # even where a script began us in the background, with the signal ignored.
    for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(signum, signal.default_int_handler)
    try:
        return _run(list(words))
    except Stop as stop:
        warn(str(stop))
        return stop.code
    except KeyboardInterrupt:
        say("\nStopped.")
        return 130
    except PermissionError as fault:
        warn(
            f"{fault.filename} belongs to another user: run the command as that user, "
            "or delete the folders .portal and .venv."
        )
        return 1
    except OSError as fault:
        warn(f"The machine refused a step: {fault}.")
        return 1


def _run(words: list[str]) -> int:
    name, rest = (words[0], words[1:]) if words else ("", [])
    if name in {"", "-h", "--help"}:
        say(USAGE)
        return 0
    if name == "up":
        from .up import up

        return up(rest)
    if name == "test":
        from .check import test

        return test(rest)
    if name == "lock":
        from .lock import lock

        return lock(rest)
    from .command import command

    return command(words)
