"""One layout for all code, so that a difference shows a change and never a taste."""

import subprocess
import sys

import pytest

from tests.architecture.source import ROOT


@pytest.mark.parametrize("what", [["check"], ["format", "--check"]], ids=["faults", "layout"])
def test_the_code_is_laid_out_one_way_and_free_of_common_faults(what):
    run = subprocess.run(
        [sys.executable, "-m", "ruff", *what, "--no-cache", "--quiet", str(ROOT)], capture_output=True, text=True
    )
    assert run.returncode == 0, run.stdout[-2000:] + run.stderr
