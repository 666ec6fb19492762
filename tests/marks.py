"""The marks `fast`, `browser` and `whole`, which no test has to give itself.

`fast` is what an engineer runs while writing: rules, money, forms, pages, letters' words, a
verb at a time. What walks cases from sign-up to letter, races, attacks, starts workers or
lays out PDFs is `whole`; nothing is left out of a run without `-m`.
"""

DRIVES = {"page", "context", "browser"}
WHOLE = (
    "tests/applications/",
    "tests/attacks/",
    "tests/casework/",
    "tests/journeys/",
    "tests/operations/",
    "tests/accounts/test_acts.py",
    "tests/ledger/test_race.py",
    "tests/letters/test_killed_worker.py",
    "tests/letters/test_pdf.py",
    "tests/outbox/test_worker.py",
)


def pytest_collection_modifyitems(items):
    for item in items:
        if DRIVES & set(getattr(item, "fixturenames", ())) or item.get_closest_marker("browser"):
            item.add_marker("browser")
        elif item.nodeid.startswith(WHOLE):
            item.add_marker("whole")
        elif not item.get_closest_marker("slow"):
            item.add_marker("fast")
