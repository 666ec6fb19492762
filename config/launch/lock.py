"""`python3 manage.py lock`: make the hash-locked lists anew from pyproject.toml.

The files hold no registry's address and no local folder, whatever this machine's
settings say, so they are the same wherever they are made.
"""

import subprocess
from collections.abc import Sequence

from . import environment
from .environment import lock_file
from .places import REQUIREMENTS, ROOT, make_state_folder, venv_python
from .progress import Stop, say

OPTIONS = (
    "--universal --python-version 3.11 --generate-hashes --no-annotate --no-config --quiet "
    "--no-emit-index-url --no-emit-find-links"
).split()
TEST = ["pyproject.toml", "--group", "pyproject.toml:test", "-c", str(lock_file("runtime"))]


def lock(words: Sequence[str]) -> int:
    """Arguments are uv's own, such as --upgrade or --upgrade-package NAME."""
    make_state_folder()
    environment.make_ready("runtime")
    for kind, sources in {
        "uv": [str(REQUIREMENTS / "uv.in")],
        "runtime": ["pyproject.toml"],
        "test": TEST,
    }.items():
        say(f"Locking {kind} …")
        _compile(kind, [*sources, *words])
    return 0


def _compile(kind: str, words: Sequence[str]) -> None:
    command = [str(venv_python()), "-m", "uv", "pip", "compile", *words, *OPTIONS]
    told = ["--custom-compile-command", "python3 manage.py lock", "-o", str(lock_file(kind))]
    done = subprocess.run([*command, *told], cwd=ROOT)
    if done.returncode:
        raise Stop(f"The list {kind} could not be locked; uv says why above.")
