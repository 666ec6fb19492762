"""Where everything lies. The launcher makes `.portal` and `.venv` beside manage.py, no more."""

import json
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STATE = ROOT / ".portal"
VENV = ROOT / ".venv"
LOGS = STATE / "logs"
REQUIREMENTS = ROOT / "config" / "requirements"
LOCALE = ROOT / "config" / "locale"


def venv_python() -> Path:
    return VENV / "bin" / "python"


def shown(path: Path) -> str:
    """A path as a person in the project's folder would type it."""
    try:
        return str(path.relative_to(ROOT))
    except ValueError:
        return str(path)


def make_state_folder() -> None:
    """`.portal` may be entered by others (the database's user must pass), its secrets are 0600."""
    STATE.mkdir(exist_ok=True)
    LOGS.mkdir(mode=0o700, exist_ok=True)


def read_json(path: Path) -> dict:
    """What the file holds, or an empty dict when it is missing or was cut off in writing."""
    try:
        return json.loads(path.read_text())
    except (OSError, ValueError):
        return {}


def write_secretly(path: Path, content: dict) -> None:
    """Write JSON that only its owner may read, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(path.name + ".new")
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(content, file, indent=1, sort_keys=True)
    new.replace(path)
