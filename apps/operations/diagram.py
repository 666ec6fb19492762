"""The life of a case as a picture in the README, drawn from the table that the verbs obey."""

import re
from pathlib import Path

from apps.applications import workflow

BEGIN = "<!-- drawn by: python3 manage.py state_diagram --write -->"
END = "<!-- end of the drawing -->"
_PLACE = re.compile(f"{re.escape(BEGIN)}.*?{re.escape(END)}", re.DOTALL)


def drawn() -> str:
    """The table as a Mermaid state diagram; arrows say the verb and whose it is."""
    lines = ["stateDiagram-v2", f"    [*] --> {workflow.DRAFT}"]
    for (origin, target), verbs in _arrows().items():
        lines.append(f"    {origin} --> {target}: {', '.join(verbs)}")
    lines += [f"    {state} --> [*]" for state in workflow.ENDED]
    return "\n".join(lines)


def _arrows():
    arrows = {}
    for move in workflow.MOVES:
        for origin in move.origins:
            where = (origin, workflow.next_state(move.verb, origin))
            arrows.setdefault(where, []).append(f"{move.verb} ({move.who})".replace("_", " "))
    return arrows


def framed() -> str:
    return f"{BEGIN}\n```mermaid\n{drawn()}\n```\n{END}"


def put_into(readme: Path) -> bool:
    """Draw it anew between its two marks; whether the file changed."""
    before = readme.read_text(encoding="utf-8")
    after = _PLACE.sub(lambda _match: framed(), before)
    if after != before:
        readme.write_text(after, encoding="utf-8")
    return after != before
