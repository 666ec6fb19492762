"""The embedded PostgreSQL: made, started, joined, stopped.

It listens on 127.0.0.1 only, on a free port, with passwords: a socket's path may be at
most 107 characters long and any local user could open it. We stay its parent and wait
for it, so that no dead server looks like a running one.
"""

import ctypes
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .home import Home, find_home
from .locks import Lock, locked
from .places import LOGS, STATE, make_state_folder, read_json, shown, write_secretly
from .progress import Stop, warn

READY_WITHIN = 60  # seconds; recovery after a power cut may take some
DURABLE = {"max_connections": "200"}
# What a throwaway server may leave out: it is made anew if the machine dies.
FORGETFUL = {
    "max_connections": "300",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}
# Trigrams of Chinese are empty under any other locale, though all else looks right.
LOCALE = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"


class Server:
    """One data folder with its server. `port` is known once it runs."""

    def __init__(self, name: str, options: dict[str, str]):
        make_state_folder()
        self.name = name
        self.options = options
        self.home: Home = find_home(name)
        self.secrets_file = STATE / f"postgres-{name}.json"
        self.log = LOGS / f"postgres-{name}.log"
        self.process: subprocess.Popen | None = None
        self.port = 0

    # What we remember about it ---------------------------------------------------------

    def remembered(self, key: str):
        return read_json(self.secrets_file).get(key)

    def remember(self, **facts) -> None:
        write_secretly(self.secrets_file, {**read_json(self.secrets_file), **facts})

    def url(self, role: str, database: str) -> str:
        """A DATABASE_URL for one of the roles postgres, portal_owner, portal."""
        return f"postgres://{role}:{self.remembered(role)}@127.0.0.1:{self.port}/{database}"

    # Life ------------------------------------------------------------------------------

    def start(self) -> None:
        """Start our own server, after stopping one that a killed launcher left behind."""
        self._make_data()
        self._stop_orphan()
        for _ in range(3):  # another program may take the free port before the server does
            self.port = _free_port()
            if self._spawn_and_wait():
                self.check_chinese()
                return
        raise Stop(f"The database server did not start: {self._last_words()}")

    def join(self) -> None:
        """Use the server that another of our processes runs."""
        self.port = int(self._pid_lines()[3])

    def stop(self) -> None:
        """Fast shutdown: open transactions are rolled back, everything committed is kept."""
        if self.process is None:
            return
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait()
        self.process = None

    def ask(self, statement: str, database: str = "postgres") -> str:
        """Run SQL as the superuser; what it answers, without headings. Raises Stop."""
        asked = self._psql(statement, database)
        if asked.returncode:
            words = (asked.stderr.strip().splitlines() or ["no answer"])[0]
            raise Stop(f"The database server refused a step of the preparation: {words}")
        return asked.stdout.strip()

    def check_chinese(self) -> None:
        self.ask("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        if self.ask("SELECT cardinality(show_trgm('數碼')) > 0") != "t":
            raise Stop(
                "The database cannot search Chinese, because its locale is not "
                f"{LOCALE}: install that locale and make the database anew."
            )

    # Inside ----------------------------------------------------------------------------

    def _make_data(self) -> None:
        data = self.home.data
        if (data / "PG_VERSION").exists():
            self._check_version()
            return
        new = data.with_name(data.name + ".new")
        shutil.rmtree(new, ignore_errors=True)
        shutil.rmtree(data, ignore_errors=True)
        self.home.make_folder(new)
        self.secrets_file.unlink(missing_ok=True)
        (STATE / f"stamps-{self.name}.json").unlink(missing_ok=True)
        roles = ("postgres", "portal_owner", "portal")
        # Without the demonstration's row until `mark` writes it, so not yet `marked`.
        self.remember(marked=False, **{role: secrets.token_hex(16) for role in roles})
        self._initdb(new)
        new.rename(data)

    def _initdb(self, folder: Path) -> None:
        read, write = os.pipe()
        os.write(write, f"{self.remembered('postgres')}\n".encode())
        os.close(write)
        if self.home.user:
            os.fchown(read, self.home.user.pw_uid, self.home.user.pw_gid)
        made = subprocess.run(
            [
                *(self.home.program("initdb"), "-D", str(folder), "-U", "postgres"),
                *("--encoding=UTF8", f"--locale={LOCALE}", "--auth=scram-sha-256"),
                *(f"--pwfile=/dev/fd/{read}", "--no-instructions"),
                *(("--no-sync",) if self.options is FORGETFUL else ()),
            ],
            pass_fds=[read], capture_output=True, text=True, cwd="/",
            env=_clean_environment(), **self.home.as_user(),
        )  # fmt: skip
        os.close(read)
        if made.returncode:
            self.log.write_text(made.stdout + made.stderr)
            raise Stop(f"The database could not be made: {self._last_words()}")

    def _check_version(self) -> None:
        has = (self.home.data / "PG_VERSION").read_text().strip()
        asked = subprocess.run([self.home.program("postgres"), "--version"], capture_output=True, text=True, cwd="/")
        if has not in asked.stdout.replace(".", " ").split():
            raise Stop(
                f"The data in {shown(self.home.data)} were made by PostgreSQL {has}, and the "
                f"programs are {asked.stdout.strip()}: keep a copy and delete that folder."
            )

    def _spawn_and_wait(self) -> bool:
        options = {
            "port": str(self.port),
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "timezone": "UTC",
            **self.options,
        }
        settings = [f"--{key}={value}" for key, value in options.items()]
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                [self.home.program("postgres"), "-D", str(self.home.data), *settings],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/",
                env=_clean_environment(), start_new_session=True,
                preexec_fn=die_with_parent(signal.SIGINT), **self.home.as_user(),
            )  # fmt: skip
        return self._wait_until_ready()

    def _wait_until_ready(self) -> bool:
        """A server is ready when a connection with our password succeeds, and not before."""
        until = time.monotonic() + READY_WITHIN
        while self.process.poll() is None and time.monotonic() < until:
            if self._psql("SELECT 1").returncode == 0:
                return True
            time.sleep(0.05)
        taken = "Address already in use" in self.log.read_text(errors="replace")
        if self.process.poll() is None or not taken:
            self.stop()
            raise Stop(f"The database server did not start: {self._last_words()}")
        return False

    def _psql(self, statement: str, database: str = "postgres") -> subprocess.CompletedProcess:
        environment = {
            **_clean_environment(),
            "PGHOST": "127.0.0.1",
            "PGPORT": str(self.port),
            "PGUSER": "postgres",
            "PGPASSWORD": str(self.remembered("postgres")),
            "PGDATABASE": database,
            "PGCONNECT_TIMEOUT": "5",
        }
        options = ["--no-psqlrc", "--tuples-only", "--no-align", "--quiet", "-v", "ON_ERROR_STOP=1"]
        return subprocess.run(
            [self.home.program("psql"), *options], input=statement,
            capture_output=True, text=True, env=environment, cwd="/",
        )  # fmt: skip

    def _pid_lines(self) -> list[str]:
        try:
            return (self.home.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return []

    def _stop_orphan(self) -> None:
        """Stop a server whose launcher died; forget the file of one that is gone."""
        lines = self._pid_lines()
        if not lines:
            return
        pid = int(lines[0])
        if self._is_ours(pid):
            os.kill(pid, signal.SIGINT)
            until = time.monotonic() + 30
            while self._is_ours(pid) and time.monotonic() < until:
                time.sleep(0.05)
        # A number that another program has by now would make the server refuse to start.
        (self.home.data / "postmaster.pid").unlink(missing_ok=True)

    def _is_ours(self, pid: int) -> bool:
        """Whether that process is a live server on our data (a zombie is not)."""
        state, arguments = _process(pid)
        return state != "Z" and str(self.home.data) in arguments

    def _last_words(self) -> str:
        try:
            lines = self.log.read_text(errors="replace").strip().splitlines()
        except OSError:
            lines = []
        faults = [line for line in lines if "FATAL" in line or "rror" in line] or lines
        return f"{faults[-1] if faults else 'it said nothing'} (details: {shown(self.log)})."


def _process(pid: int) -> tuple[str, str]:
    """State letter and arguments of a process; empty when there is none."""
    folder = Path("/proc") / str(pid)
    if not Path("/proc/self").exists():
        asked = subprocess.run(["ps", "-o", "stat=,args=", "-p", str(pid)], capture_output=True, text=True)
        return asked.stdout[:1], asked.stdout
    try:
        arguments = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        return (folder / "stat").read_text().rpartition(")")[2].split()[0], arguments
    except OSError:
        return "", ""


def die_with_parent(how: signal.Signals):
    """For preexec_fn: Linux sends the child this signal when its launcher is killed."""
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None)
    return lambda: libc.prctl(1, int(how))


@contextmanager
def running(name: str, options: dict[str, str], *, alone: bool = False) -> Iterator[Server]:
    """The server called `name` for the length of the block: joined if it runs, else started.

    Who started it stops it, after the last one who joined has gone. `alone` waits until
    nobody else uses it, for commands that others may join and that live long.
    """
    server = Server(name, options)
    door = STATE / f"postgres-{name}.door"
    users = Lock(STATE / f"postgres-{name}.users")
    if alone and not users.alone():
        warn("Another command is using the database; waiting until it ends.")
        users.wait_alone()
    with locked(door):
        mine = users.alone()
        if mine:
            server.start()
        else:
            server.join()
        users.shared()
    try:
        yield server
    finally:
        if mine:
            _wait_for_others(users)
            server.stop()
        users.close()


def _wait_for_others(users: Lock) -> None:
    if users.alone():
        return
    warn("Another command still uses the database; it stops when that ends (Ctrl-C: at once).")
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        users.wait_alone()
    except KeyboardInterrupt:
        warn("Stopping the database now.")
    ignore_interrupts()


def ignore_interrupts() -> None:
    """While we stop: a second Ctrl-C would only leave things half stopped."""
    for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(signum, signal.SIG_IGN)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _clean_environment() -> dict[str, str]:
    """Ours without PG… variables, which point at other servers."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
    return {**kept, "LC_ALL": LOCALE, "TZ": "UTC"}
