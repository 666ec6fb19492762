"""The locked lists agree with pyproject.toml and name nobody's address."""

import re
import tomllib

import pytest

from tests.config.clone import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LISTS = {
    "runtime": PROJECT["project"]["dependencies"],
    "test": PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["test"],
    "uv": (ROOT / "config/requirements/uv.in").read_text().split(),
}


def names(requirements) -> set[str]:
    return {re.match(r"[\w.-]+", wanted).group().lower().replace("_", "-") for wanted in requirements}


def locked(kind: str) -> dict[str, str]:
    text = (ROOT / f"config/requirements/{kind}.txt").read_text()
    return dict(re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE))


@pytest.mark.parametrize("kind", LISTS)
def test_everything_asked_for_is_locked(kind):
    assert names(LISTS[kind]) <= set(locked(kind))


@pytest.mark.parametrize("kind", LISTS)
def test_every_line_has_hashes_and_no_address(kind):
    text = (ROOT / f"config/requirements/{kind}.txt").read_text()
    assert "//" not in text
    blocks = re.split(r"\n(?=\S)", text)
    assert all("--hash=sha256:" in block for block in blocks if "==" in block.split("\n")[0])


def test_the_tests_run_on_what_the_portal_runs_on():
    assert locked("runtime").items() <= locked("test").items()
