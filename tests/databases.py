"""Tests that really commit: each gets a copy of the migrated test database, and drops it.

History refuses to be emptied, so nothing here ever flushes a table.
"""

from contextlib import contextmanager

import psycopg
from django.db import connection, connections
from psycopg import sql

# A thread of an earlier test may still hold a connection, and nobody may while a database is copied or dropped.
_LEFT_BEHIND = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"


@contextmanager
def a_copy_of_the_test_database():
    """Point the default connection, in every thread, at a fresh copy; yields its name."""
    original = connection.settings_dict["NAME"]
    copy = f"{original}_copy"
    end_connections()
    _administer("DROP DATABASE IF EXISTS {copy} WITH (FORCE)", copy=copy)
    _administer("CREATE DATABASE {copy} TEMPLATE {original}", copy=copy, original=original)
    connection.settings_dict["NAME"] = copy
    try:
        yield copy
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = original
        _administer("DROP DATABASE {copy} WITH (FORCE)", copy=copy)


def end_connections():
    """Close what any thread of this process still holds on the database in use."""
    connection.close()
    name = connection.settings_dict["NAME"].replace("'", "''")
    _administer(_LEFT_BEHIND.format(name=name))


def address() -> str:
    """DATABASE_URL of the database in use, for programs started by a test."""
    at = connection.settings_dict
    password = f":{at['PASSWORD']}" if at["PASSWORD"] else ""
    return f"postgres://{at['USER']}{password}@{at['HOST']}:{at['PORT']}/{at['NAME']}"


def _administer(command, **names):
    at = connection.settings_dict
    with psycopg.connect(
        host=at["HOST"],
        port=at["PORT"],
        user=at["USER"],
        password=at["PASSWORD"] or None,
        dbname="postgres",
        autocommit=True,
    ) as server:
        server.execute(sql.SQL(command).format(**{k: sql.Identifier(v) for k, v in names.items()}))
