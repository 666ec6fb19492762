"""`python3 manage.py up`: from a clone to a portal in the browser."""

import argparse
import os
import socket
from collections.abc import Sequence
from contextlib import ExitStack, contextmanager

from . import environment, machine, prepare, serve
from .database import Database, delete_media, opened
from .locks import Lock
from .places import ROOT, STATE, make_state_folder, read_json, write_secretly
from .postgres import ignore_interrupts
from .progress import Progress, Stop, say, warn

STEPS = 8
RUNNING = STATE / "up.json"


def options(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="manage.py up",
        description="Bring up the portal: database, web server, worker. Ctrl-C stops it.",
        epilog="DATABASE_URL, CELERY_BROKER_URL, EMAIL_URL, MEDIA_ROOT replace embedded parts.",
    )
    parser.add_argument("--port", type=_port, default=8000, help="8000 unless given")
    parser.add_argument("--host", default="127.0.0.1", help="127.0.0.1 unless given")
    parser.add_argument("--reset", action="store_true", help="throw the demonstration's data away and begin anew")
    parser.add_argument("--demo", action="store_true", help="load the demonstration into the empty DATABASE_URL")
    return parser.parse_args(words)


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError("a port is a number from 1 to 65535")
    return int(text)


def up(words: Sequence[str]) -> int:
    wanted = options(words)
    make_state_folder()
    with ExitStack() as stack:
        address = _shown_address(wanted.host, wanted.port)
        stack.enter_context(_only_one(address))
        listener = stack.enter_context(serve.take_address(wanted.host, wanted.port))
        progress = Progress(STEPS)
        _packages(progress)
        with progress.step("Database"):
            database = stack.enter_context(opened(alone=True))
        people = _fill(database, wanted, progress)
        programs = _serve(stack, database, listener, address, progress)
        _greet(address, people, progress)
        try:
            serve.watch(programs)
        except KeyboardInterrupt:
            ignore_interrupts()
            say("\nStopping …")
    say("Stopped.")
    return 0


def _shown_address(host: str, port: int) -> str:
    """What to type into a browser on this machine."""
    name = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{name}:{port}"


@contextmanager
def _only_one(address: str):
    """One portal per folder: two would share data, logs and the worker's schedule."""
    lock = Lock(STATE / "up.lock")
    if not lock.alone():
        other = read_json(RUNNING)
        raise Stop(
            f"The portal is running already at {other.get('address', 'another address')}: "
            f"stop it first (process {other.get('process', 'unknown')})."
        )
    write_secretly(RUNNING, {"address": address, "process": os.getpid()})
    try:
        yield
    finally:
        RUNNING.unlink(missing_ok=True)
        lock.close()


def _packages(progress: Progress) -> None:
    note = "" if environment.is_ready("runtime") else "the first time about 20 s"
    with progress.step("Python packages", note):
        environment.make_ready("runtime")
    with progress.step("PDF libraries") as words:
        sentence = machine.provide([machine.PDF_LIBRARIES])
        if sentence:
            words.append("missing")
    if sentence:
        warn(f"{sentence} Until then the portal runs, and letters wait.")


def _fill(database: Database, wanted: argparse.Namespace, progress: Progress) -> str:
    """Make the database ready; what `demonstrate` says about its people."""
    wants_demonstration = database.embedded or wanted.demo or wanted.reset
    if database.was_cut_off() and not wanted.reset:
        warn("The demonstration was not loaded to its end the last time; beginning anew.")
    if wanted.reset or database.was_cut_off():
        database.empty()
        delete_media()
    elif wanted.demo and not (database.is_empty() or database.is_demonstration()):
        raise Stop("--demo needs an empty database, and this one holds tables: nothing was changed.")
    may_mark = wants_demonstration and database.may_be_marked()
    prepare.migrate(database, progress)
    if may_mark:
        database.mark()
    prepare.load_reference(database, progress)
    with progress.step("Translations"):
        prepare.compile_translations()
    return _demonstrate(database, progress)


def _demonstrate(database: Database, progress: Progress) -> str:
    if not database.is_demonstration():
        with progress.step("Demonstration") as words:
            words.append("none: this database is real")
        return ""
    stamps = database.stamps()
    known = stamps is None or stamps.knows("demonstrate")
    with progress.step("Demonstration", "" if known else "once, about half a minute"):
        return prepare.demonstrate(database)


def _serve(
    stack: ExitStack,
    database: Database,
    listener: socket.socket,
    address: str,
    progress: Progress,
) -> list[serve.Program]:
    with progress.step("Web server and worker"):
        web = serve.web_server(database, listener, address)
        programs = [web]
        if (ROOT / "config" / "celery.py").exists():
            programs.append(serve.worker(database, address))
        stack.callback(serve.stop, programs)
        for program in programs:
            program.start()
        serve.wait_until_ready(web, address)
    return programs


def _greet(address: str, people: str, progress: Progress) -> None:
    say(f"\nThe portal runs at {address}/ after {progress.seconds():.1f} s. Ctrl-C stops it.")
    if people:
        say(f"\n{people}")
