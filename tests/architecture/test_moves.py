"""The database knows the same moves as the workflow's table."""

from django.db import connection

from apps.applications import workflow


def test_the_moves_in_the_database_are_the_tables(db):
    """After a change of the table, a new migration replaces applications_moves()."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT origin, target FROM applications_moves()")
        found = cursor.fetchall()
    table = {(origin, move.target) for move in workflow.MOVES if move.target for origin in move.origins}
    assert set(found) == table
    assert len(found) == len(table), "each is written once"
