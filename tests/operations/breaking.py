"""Breaking the data on purpose, around every verb and guard, and asking what is said about it."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from apps.operations import invariants


def sql(statement, *values, around=()):
    """Run it as somebody who owns the tables and switched their guards off."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for guard in around:
            table, _, constraint = guard.partition(".")
            if constraint.startswith("index:"):
                cursor.execute(f"DROP INDEX {constraint[6:]}")
            elif constraint:
                cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {constraint}")
            else:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement, values)
        assert cursor.rowcount > 0, "nothing was broken"


def first_fault():
    with pytest.raises(CommandError) as refused:
        call_command("check_invariants")
    return str(refused.value)


def all_faults():
    return list(invariants.faults())


def constraint_on(table, column):
    """The name of the UNIQUE constraint over this one column."""
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, table)
    return next(
        name for name, it in found.items()
        if it["unique"] and it["columns"] == [column] and not it["primary_key"]
    )  # fmt: skip
