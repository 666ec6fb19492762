"""Budgets that keep the house readable, and what does not belong into it."""

import ast
import re
from statistics import median

import pytest

from tests.architecture.source import ROOT, place, python_files, tree_of

TOP = {
    "manage.py", "pyproject.toml", "README.md",
    "config", "apps", "templates", "static", "tests", "fixtures",
}  # fmt: skip
LONGEST_FUNCTION, MEDIAN_FUNCTION, LONGEST_FILE, LONGEST_TEMPLATE = 50, 8, 400, 150
VAGUE = {"Manager", "Helper", "Util", "Utils", "Handler", "Data", "Service"}


def functions(*folders):
    """(where, lines of code) of every function: its docstring is no code."""
    for path in python_files(*folders):
        for node in ast.walk(tree_of(path)):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                lines = node.end_lineno - node.lineno + 1
                if ast.get_docstring(node):
                    first = node.body[0]
                    lines -= first.end_lineno - first.lineno + 1
                yield f"{place(path, node)} {node.name}", lines


def too_long(pairs, limit):
    return [f"{where}: {lines}" for where, lines in pairs if lines > limit]


def test_functions_are_short():
    found = list(functions("apps", "config"))
    assert too_long(found, LONGEST_FUNCTION) == []
    assert median(lines for _where, lines in found) < MEDIAN_FUNCTION


def test_tests_are_short_too():
    assert too_long(functions("tests"), LONGEST_FUNCTION) == []


def test_files_can_be_read_in_one_sitting():
    files = [*python_files("apps", "config", "tests"), ROOT / "manage.py"]
    lengths = [(path.relative_to(ROOT), len(path.read_text().splitlines())) for path in files]
    assert too_long(lengths, LONGEST_FILE) == []


def test_templates_are_short():
    lengths = [
        (path.relative_to(ROOT), len(path.read_text().splitlines()))
        for path in (ROOT / "templates").rglob("*")
        if path.is_file()
    ]
    assert too_long(lengths, LONGEST_TEMPLATE) == []


def test_the_top_level_is_fixed():
    found = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert found - {"__pycache__"} <= TOP


@pytest.mark.parametrize("mark", ["TO" + "DO", "FIX" + "ME", "XX" + "X"])
def test_nothing_is_left_for_later(mark):
    left = [
        str(path.relative_to(ROOT))
        for path in [
            *python_files("apps", "config", "tests"),
            *(ROOT / "templates").rglob("*.html"),
        ]
        if re.search(rf"\b{mark}\b", path.read_text())
    ]
    assert left == []


def test_names_say_what_a_thing_is():
    vague = [
        f"{place(path, node)} {node.name}"
        for path in python_files("apps", "config")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ClassDef) and any(node.name.endswith(word) for word in VAGUE)
    ]
    assert vague == []


def test_only_programme_has_admin_pages():
    assert {path.parent.name for path in ROOT.glob("apps/*/admin.py")} <= {"programme"}
