"""What the database refuses to those who go around the Python, and what check finds."""

import pytest
from django.db import IntegrityError, connection, transaction

from apps.ledger import services
from tests.ledger.conftest import award

pytestmark = pytest.mark.usefixtures("budget")


def run(statement):
    """One statement in a transaction of its own, deferred constraints judged at its end."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize("table", ["ledger_transfer", "ledger_posting", "ledger_ledgeraccount"])
@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"]
)
def test_books_are_never_rewritten(table, statement):
    award()
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
    " (kind, scheme, cause_subject, cause_number, reference, cents, identity, at, by)"
    " VALUES ('opening', 'DTSPP', 'X', '1', 'X', 100, '', now(), 'me') RETURNING id) "
)
POSTING = "INSERT INTO ledger_posting (transfer_id, account_id, cents) "


@pytest.mark.parametrize(
    "statement",
    [
        TRANSFER + "SELECT * FROM t",
        TRANSFER
        + POSTING
        + "SELECT t.id, a.id, 100 FROM t, ledger_ledgeraccount a WHERE kind = 'allocated'",
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
