"""The README says what is so: its picture, its people, its paths, its commands."""

import re

from django.core.management import get_commands

from apps.operations import diagram
from apps.operations.demonstration.cast import CAST, PASSWORD
from tests.architecture.source import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
LAUNCHERS = {"up", "test", "help"}  # the launcher's own, known before Django is


def test_the_picture_is_the_table():
    assert diagram.framed() in README, "run: python3 manage.py state_diagram --write"


def test_every_move_and_state_is_in_the_picture():
    drawn = diagram.drawn()
    for move in diagram.workflow.MOVES:
        assert move.verb.replace("_", " ") in drawn
    for state in diagram.workflow.STATES:
        assert state in drawn


def test_everybody_of_the_cast_is_named():
    assert [role.email for role in CAST if role.email not in README] == []
    assert PASSWORD in README


def test_paths_are_there():
    paths = re.findall(r"`((?:apps|config|fixtures|static|templates)/[\w./]*)`", README)
    assert len(paths) > 10
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_floors_are_named_from_the_top_down():
    floors = README.split("```\noperations")[1].split("```")[0]
    named = re.findall(r"^\s?([a-z]+(?: \| [a-z]+)*)\s", "operations" + floors, re.MULTILINE)
    apps = {app for floor in named for app in floor.split(" | ")}
    assert apps == {path.parent.name for path in ROOT.glob("apps/*/__init__.py")}


def test_commands_are_there():
    said = set(re.findall(r"manage\.py ([a-z_]+)", README))
    assert said - LAUNCHERS <= set(get_commands())


def test_what_production_reads_is_documented():
    production = (ROOT / "config" / "production.py").read_text(encoding="utf-8")
    required = re.findall(r'^    "([A-Z_]+)": "', production, re.MULTILINE)
    assert len(required) == 7
    assert [name for name in [*required, "TEXT_PORT"] if name not in README] == []
