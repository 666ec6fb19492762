"""Files by their SHA-256, under MEDIA_ROOT/documents/ab/cd/<sha256>.

A file is written beside its place, brought to the disk and only then renamed, so that a
name never stands for half a file.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True)
class Arrival:
    """A file on the disk that has no name yet: where, its hash, its size in bytes."""

    path: Path
    sha256: str
    size: int


def root() -> Path:
    return Path(settings.MEDIA_ROOT) / "documents"


def arrivals() -> Path:
    return root() / "arriving"


def path_of(sha256: str) -> Path:
    return root() / sha256[:2] / sha256[2:4] / sha256


def take(chunks: Iterable[bytes]) -> Arrival:
    """Write the bytes to the disk, hashing on the way; `keep` or `drop` what comes back."""
    arrivals().mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, name = tempfile.mkstemp(dir=arrivals())
    digest, size = hashlib.sha256(), 0
    try:
        with os.fdopen(descriptor, "wb") as file:
            for chunk in chunks:
                digest.update(chunk)
                size += file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Arrival(Path(name), digest.hexdigest(), size)


def keep(arrival: Arrival) -> None:
    """Give the file the name of its hash; the same bytes under that name are the same file."""
    target = path_of(arrival.sha256)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    arrival.path.replace(target)
    _bring_to_disk(target.parent)


def drop(arrival: Arrival) -> None:
    arrival.path.unlink(missing_ok=True)


def read(sha256: str) -> bytes:
    return path_of(sha256).read_bytes()


def remove(sha256: str) -> None:
    path_of(sha256).unlink(missing_ok=True)


def hash_of(sha256: str) -> str | None:
    """The hash that the file of this name really has; None when there is no such file."""
    try:
        with path_of(sha256).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return None


def names() -> Iterator[tuple[str, float]]:
    """(sha256, when last written as a POSIX time) of every kept file."""
    for path in root().glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*"):
        yield path.name, path.stat().st_mtime


def unfinished() -> Iterator[tuple[Path, float]]:
    """(path, when last written) of every arrival that was neither kept nor dropped."""
    for path in arrivals().glob("*"):
        yield path, path.stat().st_mtime


def _bring_to_disk(folder):
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
