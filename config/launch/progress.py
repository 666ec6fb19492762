"""What the person at the terminal reads: numbered steps with their times, or one sentence."""

import os
import signal
import sys
import time
from contextlib import contextmanager


class Stop(Exception):
    """End here with one sentence that says how to mend it.

    `code` is the exit status: 1 something is missing or in the way, 2 the command was mistyped.
    """

    def __init__(self, sentence: str, code: int = 1):
        super().__init__(sentence)
        self.code = code


def say(text: str = "") -> None:
    print(text, flush=True)


def warn(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


class Progress:
    """Prints ` 3/9  Database ...  0.4 s` as the work goes on; silent for short commands."""

    def __init__(self, total: int = 0, *, quiet: bool = False):
        self.total = total
        self.quiet = quiet
        self.number = 0
        self.began = time.monotonic()

    @contextmanager
    def step(self, title: str, note: str = ""):
        """Time one step. The block may append to the list it gets: words shown after the time."""
        self.number += 1
        words: list[str] = []
        started = time.monotonic()
        line = f"{self.number:2}/{self.total}  {title}{f' ({note})' if note else ''} … "
        self._write(line)
        try:
            with self._ticking(line, started):
                yield words
        except BaseException:
            self._write("stopped\n")
            raise
        seconds = time.monotonic() - started
        self._write(f"{seconds:.1f} s{''.join(f', {word}' for word in words)}\n")

    @contextmanager
    def _ticking(self, line: str, started: float):
        """On a terminal the seconds of a long step count on, so that nobody thinks it hangs."""
        if self.quiet or not sys.stdout.isatty():
            yield
            return

        def tick(*_):
            # Not through the buffer, which this may have interrupted; and no thread, because
            # the steps start programs.
            os.write(1, f"\r{line}{time.monotonic() - started:.0f} s".encode())

        before = signal.signal(signal.SIGALRM, tick)
        signal.setitimer(signal.ITIMER_REAL, 1, 1)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
            self._write(f"\r{line}")

    def seconds(self) -> float:
        return time.monotonic() - self.began

    def _write(self, text: str) -> None:
        if not self.quiet:
            sys.stdout.write(text)
            sys.stdout.flush()
