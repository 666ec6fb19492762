"""The tests' databases: copies of one template, migrated and filled with the reference data.

Copying takes a fraction of a second where migrating takes many. The template outlives the
run and is made anew when what it was made from has changed. Each process has one copy, in
which tests roll back; a test that really commits gets a copy of its own. History refuses to
be emptied, so nothing here ever flushes a table.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.core.management import call_command
from django.db import connection, connections
from psycopg import sql

ROOT = Path(__file__).resolve().parents[1]
# All that a template's tables and rows come from.
MADE_FROM = (
    "apps/*/migrations/*", "apps/*/models.py", "apps/*/models/*", "apps/core/*.py", "apps/*/services/reference.py",
    "fixtures/reference/*", "config/settings.py", "config/requirements/test.txt",
)  # fmt: skip


@contextmanager
def the_test_database(*, renew: bool = False) -> Iterator[str]:
    """Point the default connection at this process's copy; yields its name. `renew` makes the template anew."""
    name = f"test_{connection.settings_dict['NAME']}"
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    with _server() as server:
        # One process makes the template and the others wait, then all copy it.
        server.execute("SELECT pg_advisory_lock(hashtext(%s))", [_template(name)])
        if renew or _mark(server, _template(name)) != _fingerprint():
            _make_template(server, _template(name))
    with _copied(_template(name), f"{name}_{worker}" if worker else name) as copy:
        yield copy


@contextmanager
def a_copy_of_the_test_database() -> Iterator[str]:
    """Point the default connection, in every thread, at a fresh copy; yields its name."""
    name = connection.settings_dict["NAME"]
    shared = name.removesuffix("_" + os.environ.get("PYTEST_XDIST_WORKER", ""))
    with _copied(_template(shared), f"{name}_copy") as copy:
        yield copy


def address() -> str:
    """DATABASE_URL of the database in use, for programs started by a test."""
    at = connection.settings_dict
    password = f":{at['PASSWORD']}" if at["PASSWORD"] else ""
    return f"postgres://{at['USER']}{password}@{at['HOST']}:{at['PORT']}/{at['NAME']}"


@contextmanager
def _copied(template, copy):
    original = connection.settings_dict["NAME"]
    connections.close_all()
    with _server() as server:
        _say(server, "DROP DATABASE IF EXISTS {copy} WITH (FORCE)", copy=copy)
        _say(server, "CREATE DATABASE {copy} TEMPLATE {template}", copy=copy, template=template)
    connection.settings_dict["NAME"] = copy
    try:
        yield copy
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = original
        with _server() as server:  # by force: a thread of some test may still be connected
            _say(server, "DROP DATABASE IF EXISTS {copy} WITH (FORCE)", copy=copy)


def _template(name):
    return f"{name}_template"


def _make_template(server, template):
    """Marked last: one whose making was interrupted is made again."""
    from apps.programme.services import load_reference

    _say(server, "DROP DATABASE IF EXISTS {template} WITH (FORCE)", template=template)
    _say(server, "CREATE DATABASE {template}", template=template)
    original = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = template
    try:
        call_command("migrate", verbosity=0, interactive=False)
        load_reference()
    finally:
        connection.close()
        connection.settings_dict["NAME"] = original
    mark = sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(template), sql.Literal(_fingerprint()))
    server.execute(mark)


def _mark(server, template):
    asked = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
    found = server.execute(asked, [template]).fetchone()
    return found and found[0]


def _fingerprint():
    paths = sorted({path for pattern in MADE_FROM for path in ROOT.glob(pattern) if path.is_file()})
    kept = (path for path in paths if path.suffix != ".pyc")
    return hashlib.sha256(b"".join(str(path).encode() + path.read_bytes() for path in kept)).hexdigest()


def _server():
    at = connection.settings_dict
    return psycopg.connect(
        host=at["HOST"],
        port=at["PORT"],
        user=at["USER"],
        password=at["PASSWORD"] or None,
        dbname="postgres",
        autocommit=True,
    )


def _say(server, command, **names):
    server.execute(sql.SQL(command).format(**{key: sql.Identifier(name) for key, name in names.items()}))
