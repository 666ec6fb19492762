"""What was done already: a step is skipped while the files it depends on are unchanged."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from .places import STATE, read_json, write_secretly


def fingerprint(paths: Iterable[Path]) -> str:
    """SHA-256 over the names and contents of the files, in a fixed order."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(f"{path.name}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


class Stamps:
    """Step name -> fingerprint when it was last done, kept in one file of `.portal`."""

    def __init__(self, path: Path = STATE / "stamps.json"):
        self.path = path

    def has(self, step: str, mark: str) -> bool:
        return read_json(self.path).get(step) == mark

    def knows(self, step: str) -> bool:
        return step in read_json(self.path)

    def put(self, step: str, mark: str) -> None:
        write_secretly(self.path, {**read_json(self.path), step: mark})

    def clear(self) -> None:
        self.path.unlink(missing_ok=True)
