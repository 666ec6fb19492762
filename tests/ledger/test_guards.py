"""What the database refuses to those who go around the Python, and what check finds."""

import pytest
from django.db import IntegrityError, connection, transaction

from apps.ledger import services
from tests.ledger.conftest import award, take_back

pytestmark = pytest.mark.usefixtures("budget")


def run(statement):
    """One statement in a transaction of its own, deferred constraints judged at its end."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize("table", ["ledger_transfer", "ledger_posting", "ledger_ledgeraccount", "ledger_ceilingmove"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_books_are_never_rewritten(table, statement):
    award()
    award("L-1", 1_000_000, "licence:FP1")
    award("A-2", 500_000, number=9, shares_with=["licence:FP1"])
    # TRUNCATE waits for no deferred constraint: let them speak first.
    run("SELECT 1")
    with pytest.raises(IntegrityError, match="never changed"):
        run(statement.format(table))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_schemebudget SET committed_cents = limit_cents + 1",
        "UPDATE ledger_schemebudget SET committed_cents = -1",
        "UPDATE ledger_schemebudget SET limit_cents = 1",
        "UPDATE ledger_ceilinggroup SET committed_cents = limit_cents + 1",
        "UPDATE ledger_ceilinggroup SET committed_cents = -1",
    ],
)
def test_a_counter_never_passes_its_limit(statement):
    award()
    with pytest.raises(IntegrityError):
        run(statement)


TRANSFER = (
    "WITH t AS (INSERT INTO ledger_transfer"
    " (kind, scheme, cause_subject, cause_number, reference, cents, identity, shares_with, at, by)"
    " VALUES ('opening', 'DTSPP', 'X', '1', 'X', 100, '', '[]', now(), 'me') RETURNING id) "
)
POSTING = "INSERT INTO ledger_posting (transfer_id, account_id, cents) "


@pytest.mark.parametrize(
    "statement",
    [
        TRANSFER + "SELECT * FROM t",
        TRANSFER + POSTING + "SELECT t.id, a.id, 100 FROM t, ledger_ledgeraccount a WHERE kind = 'allocated'",
        TRANSFER + POSTING + "SELECT t.id, a.id, 100 FROM t, ledger_ledgeraccount a",
        TRANSFER + POSTING + "SELECT t.id, a.id, CASE kind WHEN 'funder' THEN -1 ELSE 1 END"
        " FROM t, ledger_ledgeraccount a",
        POSTING + "SELECT max(t.id), max(a.id), 5 FROM ledger_transfer t, ledger_ledgeraccount a",
    ],
    ids=["no posting", "one posting", "not zero", "another sum", "a posting too many"],
)
def test_a_transfer_is_two_postings_that_balance(statement):
    with pytest.raises(IntegrityError):
        run(statement)


def test_one_cause_moves_money_once():
    award()
    with pytest.raises(IntegrityError, match="transfer_cause_once"):
        run(TRANSFER.replace("'X', '1', 'X'", "'A-1', '7', 'X'") + "SELECT * FROM t")


def test_an_identity_is_in_one_group_at_a_time():
    award()
    with pytest.raises(IntegrityError, match="one_ceiling_group_at_a_time"):
        run(
            "INSERT INTO ledger_identityingroup (scheme, identity, group_id, since)"
            " SELECT scheme, identity, group_id, now() FROM ledger_identityingroup"
        )


def test_two_joined_identities_never_pass_one_ceiling_whoever_writes():
    award(cents=3_000_000)
    award("L-1", 1_500_000, "licence:FP1", shares_with=["brn:12345678"])
    with pytest.raises(IntegrityError, match="ceiling_kept"):
        run("UPDATE ledger_ceilinggroup SET committed_cents = committed_cents + 500001")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ("'L-1', '7', g.id, g.id, 1", "ceiling_move_between_two_groups"),
        ("'L-1', '7', g.id, h.id, -1", "ceiling_move_takes_nothing_away"),
        ("'A-2', '9', g.id, h.id, 1", "ceiling_move_cause_once"),
    ],
)
def test_a_move_between_groups_is_sound_and_happens_once(values, said):
    award()
    award("L-1", 1_000_000, "licence:FP1")
    award("A-2", 500_000, number=9, shares_with=["licence:FP1"])
    take_back("A-2", 10, of=9)
    with pytest.raises(IntegrityError, match=said):
        run(
            "INSERT INTO ledger_ceilingmove (scheme, identity, cause_subject, cause_number,"
            " out_of_id, into_id, cents, at, by)"
            f" SELECT 'DTSPP', 'licence:FP1', {values}, now(), 'me'"
            " FROM ledger_ceilinggroup g JOIN ledger_ceilinggroup h ON g.id < h.id LIMIT 1"
        )


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (
            "UPDATE ledger_schemebudget SET committed_cents = 5",
            "budget DTSPP: 2000000 cents are committed",
        ),
        (
            "UPDATE ledger_schemebudget SET limit_cents = limit_cents + 1",
            "budget DTSPP: 10000000 cents came in",
        ),
        ("UPDATE ledger_ceilinggroup SET committed_cents = 5", "ceiling group"),
    ],
)
def test_check_finds_a_counter_that_left_its_postings(statement, said):
    award()
    assert list(services.check()) == []
    run(statement)
    assert next(services.check()).startswith(said)
