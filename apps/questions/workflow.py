"""The life of a round of questions as one table. Plain Python.

A round is prepared item by item, asked as a whole, then answered as a whole; or it is closed
because nobody answered, or ended with its case.
"""

PREPARING = "preparing"
ASKED = "asked"
ANSWERED = "answered"
CLOSED = "closed"
ENDED = "ended"

STATES = (PREPARING, ASKED, ANSWERED, CLOSED, ENDED)
OPEN = (PREPARING, ASKED)

# verb: (from, to)
MOVES = {
    "ask": (PREPARING, ASKED),
    "answer": (ASKED, ANSWERED),
    "close": (ASKED, CLOSED),
    "reopen": (CLOSED, ASKED),
    "end": (OPEN, ENDED),
}
