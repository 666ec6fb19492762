"""A copy of the project as a newcomer has it, in which the launcher can be run for real."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LAUNCHER = ("manage.py", "pyproject.toml", "config/__init__.py")
# The tests' own surroundings must not steer the launcher under test.
OURS = ("DATABASE_", "PG", "PORTAL_", "MEDIA_ROOT", "DJANGO_", "CI", "PYTEST", "VIRTUAL_ENV")


class Clone:
    def __init__(self, folder: Path):
        self.folder = folder
        self.state = folder / ".portal"
        self.venv = folder / ".venv"

    def manage(self, *words: str, **variables: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, "manage.py", *words], cwd=self.folder, timeout=120,
            env=surroundings(**variables), capture_output=True, text=True,
        )  # fmt: skip

    def begin(self, code: str, **variables: str) -> subprocess.Popen:
        """Start a piece of Python that may import config.launch."""
        return subprocess.Popen(
            [sys.executable, "-c", code], cwd=self.folder, env=surroundings(**variables),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def run(self, code: str, **variables: str) -> str:
        """Run it to its end; what it printed."""
        process = self.begin(code, **variables)
        said, faults = process.communicate(timeout=120)
        assert process.returncode == 0, faults
        return said.strip()

    def lend_packages(self) -> None:
        """A `.venv` that shows the packages these tests run with, and counts as installed."""
        self.venv.mkdir()
        for name in ("bin", "lib"):
            (self.venv / name).symlink_to(Path(sys.prefix) / name)
        shutil.copy(Path(sys.prefix) / "pyvenv.cfg", self.venv)
        self.run(
            "from config.launch import environment as e, places, stamps\n"
            "kinds = ('runtime', 'test')\n"
            "marks = {kind: stamps.fingerprint([e.lock_file(kind)]) for kind in kinds}\n"
            "places.write_secretly(e.MARKER, marks)"
        )


def surroundings(**variables: str) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(OURS)}
    return {**kept, **variables}


@contextmanager
def cloned(mode: int = 0o755) -> Iterator[Clone]:
    """Not pytest's tmp_path: its parents have mode 0700, which is a case of its own."""
    folder = Path(tempfile.mkdtemp(prefix="portal-clone-"))
    folder.chmod(mode)
    (folder / "config").mkdir()
    for name in LAUNCHER:
        shutil.copy(ROOT / name, folder / name)
    for name in ("launch", "requirements"):
        ignore = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / "config" / name, folder / "config" / name, ignore=ignore)
    clone = Clone(folder)
    try:
        yield clone
    finally:
        own_place = clone.run(
            "from config.launch import home, places\nprint(places.read_json(home.PLACE).get('path', ''))"
        )
        for path in filter(None, (own_place, str(folder))):
            shutil.rmtree(path, ignore_errors=True)
