"""A day is Hong Kong's: an instant is turned into one in core alone."""

import ast

from tests.architecture.source import ROOT, place, python_files, tree_of


def test_no_instant_becomes_a_day_outside_core():
    """`.date()` of an instant is the day in UTC, which until eight in the morning is yesterday's."""
    found = [
        place(path, node)
        for path in python_files("apps", "config")
        if (ROOT / "apps" / "core") not in path.parents
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "date"
        and not node.args
    ]
    assert found == [], "use dates.hong_kong_day"
