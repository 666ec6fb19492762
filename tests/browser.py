"""The real browser of the journeys: Debian's Chromium, found by the launcher.

Imported by tests/conftest.py. Where Chromium is missing the browser tests are skipped with
the reason; on the build server (CI set) that is an error.
"""

import os
import shutil

import pytest

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage"
).split()
NAMES = ("chromium", "chromium-browser", "google-chrome")
# Playwright keeps its loop running in this process for as long as the browser is open, and
# Django would take every later test of the same process for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def chromium() -> str:
    """Its path, or an empty string."""
    told = os.environ.get("PORTAL_CHROMIUM")  # by the launcher; empty when it cannot be driven
    return told if told is not None else next(filter(None, map(shutil.which, NAMES)), "")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, "executable_path": chromium(), "args": FLAGS}


def pytest_runtest_setup(item):
    if not item.get_closest_marker("browser") or chromium():
        return
    reason = os.environ.get("PORTAL_MISSING") or "This machine lacks Chromium."
    if os.environ.get("CI", "").lower() in {"", "0", "false"}:
        pytest.skip(reason)
    pytest.fail(f"{reason} On the build server a skipped browser test is an error.", pytrace=False)
