"""The web server and the worker: started, watched, restarted, stopped."""

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from contextlib import suppress

from .database import Database
from .places import LOGS, ROOT, STATE, shown, venv_python
from .postgres import die_with_parent
from .progress import Stop, warn

READY_WITHIN = 60  # seconds
STOPPED_WITHIN = 15
DEATHS_ALLOWED = 3  # within a minute; after that something is broken and we stop


class Program:
    """A child that has to run as long as the portal does."""

    def __init__(self, name: str, command: Sequence[str], environment: dict, keep: Sequence[int]):
        self.name = name
        self.command = [str(venv_python()), *command]
        self.environment = environment
        self.keep = keep
        self.log = LOGS / f"{name.replace(' ', '-')}.log"
        self.deaths: list[float] = []
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        """In a session of its own: Ctrl-C reaches the launcher, which stops all in order."""
        with open(self.log, "ab" if self.deaths else "wb") as log:
            self.process = subprocess.Popen(
                self.command, cwd=ROOT, env=self.environment, pass_fds=self.keep,
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
                preexec_fn=die_with_parent(signal.SIGTERM),
            )  # fmt: skip

    def revive(self) -> None:
        """Start again if it died; give up when it keeps dying."""
        if self.process.poll() is None:
            return
        now = time.monotonic()
        self.deaths = [*(moment for moment in self.deaths if now - moment < 60), now]
        if len(self.deaths) >= DEATHS_ALLOWED:
            raise Stop(f"The {self.name} stops again and again: {self.last_words()}")
        warn(f"The {self.name} ended (status {self.process.returncode}); starting it again.")
        self._end_children()
        self.start()

    def ask_to_stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait_for_end(self) -> None:
        """Give it time to finish what it began; then end it with all its children."""
        if self.process is None:
            return
        try:
            self.process.wait(STOPPED_WITHIN)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._end_children()

    def _end_children(self) -> None:
        """A killed worker leaves its clock and its pool behind; they share its session."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)

    def last_words(self) -> str:
        lines = self.log.read_text(errors="replace").strip().splitlines() or ["it said nothing"]
        return f"{lines[-1].strip()} (details: {shown(self.log)})"


def take_address(host: str, port: int) -> socket.socket:
    """Bind the address before any work is done; the web server gets the socket as it is."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    taken = socket.socket(family, socket.SOCK_STREAM)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((host, port))
    except PermissionError:
        raise Stop(f"Port {port} is for root only: choose one above 1023 with --port.") from None
    except socket.gaierror:
        raise Stop(f"This machine does not know the address {host}: check --host.") from None
    except OSError as fault:
        raise Stop(
            f"Port {port} on {host} cannot be used ({fault.strerror.lower()}): stop the program "
            f"that holds it, or choose another with `--port {min(port + 1, 65535)}`."
        ) from None
    return taken


def web_server(database: Database, listener: socket.socket, address: str) -> Program:
    host = listener.getsockname()[0]
    names = ["127.0.0.1", "localhost", "[::1]", "testserver"]
    # Whoever opens the demonstration to a network reaches it by names we cannot know.
    hosts = names if host in {"127.0.0.1", "::1"} else ["*"]
    environment = {"ALLOWED_HOSTS": ",".join(hosts), **database.environment()}
    command = [
        *("-m", "gunicorn", "config.wsgi:application", "--bind", f"fd://{listener.fileno()}"),
        *("--worker-class", "gthread", "--workers", "2", "--threads", "8"),
        *("--graceful-timeout", "5", "--no-control-socket", "--log-level", "warning"),
    ]
    environment["PORTAL_ADDRESS"] = os.environ.get("PORTAL_ADDRESS", address)
    (STATE / "static").mkdir(exist_ok=True)  # whitenoise complains about a missing one
    return Program("web server", command, environment, [listener.fileno()])


def worker(database: Database, address: str) -> Program:
    command = [
        *("-m", "celery", "--app", "config.celery", "worker", "--beat"),
        *("--loglevel", "WARNING", "--without-gossip", "--without-mingle", "--without-heartbeat"),
    ]
    environment = database.environment()
    environment["PORTAL_ADDRESS"] = os.environ.get("PORTAL_ADDRESS", address)
    # Root's worker is fine here: it is the demonstration's, and the warning frightens people.
    environment["C_FORCE_ROOT"] = "1"
    return Program("worker", command, environment, [])


def wait_until_ready(program: Program, address: str) -> None:
    """Until the address answers. A process that is merely there proves nothing."""
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until:
        if program.process.poll() is not None:
            raise Stop(f"The {program.name} did not start: {program.last_words()}")
        if answers(f"{address}/healthz"):
            return
        time.sleep(0.1)
    raise Stop(f"The {program.name} does not answer: {program.last_words()}")


def answers(url: str) -> bool:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        opener.open(url, timeout=5).close()
    except urllib.error.HTTPError as fault:
        return fault.code < 500
    except OSError:
        return False
    return True


def watch(programs: Sequence[Program]) -> None:
    """Look after them until somebody stops us."""
    while True:
        for program in programs:
            program.revive()
        time.sleep(0.3)


def stop(programs: Sequence[Program]) -> None:
    for program in programs:
        program.ask_to_stop()
    for program in programs:
        program.wait_for_end()
