"""What the machine itself must have: Debian's or Ubuntu's packages.

Root gets them installed; for anybody else one sentence names the command.
"""

import ctypes
import importlib.util
import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from .places import LOGS, make_state_folder, shown

# dpkg refuses to work without the system's own folders, and PATH may have been stripped.
SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@dataclass(frozen=True)
class Need:
    """Something of the machine: what it is for, how to see it, Debian's packages that bring it."""

    what: str
    present: Callable[[], bool]
    packages: tuple[str, ...]


def program(*names: str) -> str | None:
    """The first of the programs that is here, as a path."""
    path = os.pathsep.join(filter(None, (os.environ.get("PATH"), SYSTEM_PATH)))
    return next((found for name in names if (found := shutil.which(name, path=path))), None)


def _library(*names: str) -> bool:
    try:
        for name in names:
            ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _module(*names: str) -> bool:
    importlib.invalidate_caches()
    return all(importlib.util.find_spec(name) for name in names)


def _chinese_font() -> bool:
    folders = (Path("/usr/share/fonts/opentype/noto"), Path("/usr/share/fonts/noto-cjk"))
    return any(next(folder.glob("NotoSansCJK*"), None) for folder in folders)


VENV_MODULES = Need("Python's venv module", lambda: _module("venv", "ensurepip"), ("python3-venv",))
PDF_LIBRARIES = Need(
    "the PDF libraries",
    lambda: _library("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0"),
    ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"),
)
BROWSER = Need("Chromium", lambda: bool(program(*CHROMIUM)), ("chromium",))
# The wheel of Playwright brings a Node that Debian's smallest installation cannot load.
BROWSER_DRIVER = Need("the browser driver's library", lambda: _library("libatomic.so.1"), ("libatomic1",))
CHINESE_FONT = Need("a Chinese font", _chinese_font, ("fonts-noto-cjk",))
POPPLER = Need("poppler-utils", lambda: bool(program("pdftotext")), ("poppler-utils",))


def provide(needs: Sequence[Need]) -> str:
    """Install what is missing where we may. Return "" or the sentence that names the command."""
    missing = [need for need in needs if not need.present()]
    if not missing:
        return ""
    packages = [package for need in missing for package in need.packages]
    apt = program("apt-get")
    if apt and os.geteuid() == 0:
        _install(apt, packages)
        missing = [need for need in missing if not need.present()]
    return _sentence(missing, apt) if missing else ""


def _sentence(missing: Sequence[Need], apt: str | None) -> str:
    what = _listed([need.what for need in missing])
    packages = " ".join(package for need in missing for package in need.packages)
    lacking = f"This machine lacks {what}: "
    if not apt:
        return f"{lacking}install what Debian calls {packages}."
    if os.geteuid() == 0:
        return f"{lacking}apt could not install {packages} (see {shown(LOGS / 'apt.log')})."
    return f"{lacking}run `sudo apt-get install {packages}`."


def _listed(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _install(apt: str, packages: Sequence[str]) -> None:
    """apt-get install; a bare machine has no lists yet, so they are renewed when the try fails."""
    make_state_folder()
    environment = {**os.environ, "PATH": SYSTEM_PATH, "DEBIAN_FRONTEND": "noninteractive"}
    install = [apt, "install", "--yes", "--no-install-recommends", *packages]
    with open(LOGS / "apt.log", "ab") as log:
        for command in (install, [apt, "update"], install):
            done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
            if command is install and done.returncode == 0:
                return
