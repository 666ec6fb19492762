"""The repository's own source, as the tests of its shape read it."""

import ast
import tomllib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def python_files(*folders):
    """Every .py file of ours below these folders, migrations left out."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts and "__pycache__" not in path.parts:
                yield path


@cache
def tree_of(path):
    return ast.parse(path.read_text(), filename=str(path))


def place(path, node):
    return f"{path.relative_to(ROOT)}:{node.lineno}"


def part_of_app(path):
    """("applications", "views") for apps/applications/views/offer.py."""
    parts = path.relative_to(ROOT / "apps").with_suffix("").parts
    return parts[0], parts[1] if len(parts) > 1 else ""


def floors():
    """Each app's floor as pyproject.toml draws them: 0 is the ground."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    layers = next(one for one in contracts["contracts"] if one["id"] == "floors")["layers"]
    names = [layer.replace("(", "").replace(")", "").split("|") for layer in reversed(layers)]
    return {name.strip(): floor for floor, line in enumerate(names) for name in line}
