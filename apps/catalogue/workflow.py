"""The life of an enquiry as one table. Plain Python.

An owner asks a provider whether he can supply a package to her; he answers. Buttons,
lists and the verbs all read this table, so a page and the rule cannot disagree.

Source: programme.md, "Solution providers" (enquire, then confirm).
"""

from dataclasses import dataclass

OPEN, CONFIRMED, DECLINED, LAPSED, WITHDRAWN = (
    "open",
    "confirmed",
    "declined",
    "lapsed",
    "withdrawn",
)
STATES = (OPEN, CONFIRMED, DECLINED, LAPSED, WITHDRAWN)

APPLICANT, PROVIDER, SYSTEM, NOBODY = "applicant", "provider", "system", "nobody"

# Whose turn it is in each state; a confirmed enquiry waits for the applicant's submission.
PEN = {OPEN: PROVIDER, CONFIRMED: APPLICANT, DECLINED: NOBODY, LAPSED: NOBODY, WITHDRAWN: NOBODY}


@dataclass(frozen=True)
class Move:
    """One verb: its event, from where to where, and whose act it is."""

    verb: str
    event: str
    origins: tuple[str, ...]
    target: str
    actor: str


MOVES = (
    Move("confirm", "enquiry:confirmed", (OPEN,), CONFIRMED, PROVIDER),
    Move("decline", "enquiry:declined", (OPEN,), DECLINED, PROVIDER),
    Move("withdraw", "enquiry:withdrawn", (OPEN, CONFIRMED), WITHDRAWN, APPLICANT),
    Move("lapse", "enquiry:lapsed", (CONFIRMED,), LAPSED, SYSTEM),
)
BY_VERB = {move.verb: move for move in MOVES}


def may(verb: str, state: str) -> bool:
    """Whether this verb runs on an enquiry in this state."""
    return state in BY_VERB[verb].origins
