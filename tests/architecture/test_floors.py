"""The floors of the house, as pyproject.toml draws them and architecture.md explains them."""

import tomllib
from pathlib import Path

from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parents[2]
# Their files have an order of their own.
OWN_ORDER = {"core", "funding", "operations"}


def test_nobody_imports_upwards(capsys):
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml")) == 0, capsys.readouterr().out


def test_every_app_keeps_the_order_inside():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    inside = next(part for part in contracts["contracts"] if part["id"] == "inside")
    apps = {path.parent.name for path in ROOT.glob("apps/*/__init__.py")}
    assert {f"apps.{app}" for app in apps - OWN_ORDER} == set(inside["containers"])
