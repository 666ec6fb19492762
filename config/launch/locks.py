"""Locks between processes. The kernel drops them when a process dies, however it dies."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Wait for the file's lock, hold it for the block."""
    with open(path, "ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


class Lock:
    """One lock file. `alone` and `shared` return whether it was got, `wait_alone` waits."""

    def __init__(self, path: Path):
        path.parent.mkdir(parents=True, exist_ok=True)
        self.file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def alone(self) -> bool:
        return self._take(fcntl.LOCK_EX | fcntl.LOCK_NB)

    def shared(self) -> bool:
        return self._take(fcntl.LOCK_SH | fcntl.LOCK_NB)

    def wait_alone(self) -> None:
        self._take(fcntl.LOCK_EX)

    def close(self) -> None:
        os.close(self.file)

    def _take(self, how: int) -> bool:
        try:
            fcntl.flock(self.file, how)
        except BlockingIOError:
            return False
        return True
