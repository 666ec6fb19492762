"""The database the portal works on: the embedded one, or the one DATABASE_URL names.

Roles of the embedded one: `portal_owner` owns and migrates, `portal` serves. What the
serving role may not do (change events and postings) is taken from it after migrating,
by the command `grant_rights`.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from .places import ROOT, STATE, venv_python
from .postgres import DURABLE, Server, running
from .progress import Stop
from .stamps import Stamps

NAME = "portal"
# The serving role may use all that the owner will ever make; grant_rights narrows it.
RIGHTS = """
GRANT USAGE ON SCHEMA public TO portal;
ALTER DEFAULT PRIVILEGES FOR ROLE portal_owner GRANT USAGE ON SCHEMAS TO portal;
ALTER DEFAULT PRIVILEGES FOR ROLE portal_owner
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO portal;
ALTER DEFAULT PRIVILEGES FOR ROLE portal_owner GRANT USAGE, SELECT, UPDATE ON SEQUENCES TO portal;
"""
EXTENSIONS = "CREATE EXTENSION IF NOT EXISTS pg_trgm; CREATE EXTENSION IF NOT EXISTS btree_gist;"
IS_DEMONSTRATION = "SELECT count(*) FROM core_demonstration"
HAS_DEMONSTRATION_TABLE = "SELECT to_regclass('core_demonstration') IS NOT NULL"
MARK = "INSERT INTO core_demonstration (id, created_at) VALUES (1, now()) ON CONFLICT DO NOTHING"
HAS_TABLES = """SELECT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
    WHERE relkind IN ('r', 'p') AND nspname !~ '^(pg_|information_schema)')"""
ASK = """
import sys, psycopg
with psycopg.connect(sys.argv[1], autocommit=True, connect_timeout=10) as connection:
    asked = connection.execute(sys.argv[2])
    print(asked.fetchone()[0] if asked.description else "")
"""
NOT_A_DEMONSTRATION = (
    "This database is not a demonstration, so nothing in it was touched: "
    "--reset works only where `up` has written the demonstration's row."
)


@dataclass
class Database:
    """What every command needs of a database. `serving` and `owner` are its addresses."""

    serving: str
    owner: str

    embedded = False

    def serving_role(self) -> str:
        return unquote(urlsplit(self.serving).username or NAME)

    def ask(self, statement: str) -> str:
        """One statement as the owner; the first value of its answer, as text."""
        done = subprocess.run(
            [venv_python(), "-c", ASK, self.owner, statement],
            capture_output=True, text=True, cwd=ROOT,
        )  # fmt: skip
        if done.returncode:
            words = (done.stderr.strip().splitlines() or ["no answer"])[-1]
            raise Stop(f"The database of DATABASE_URL does not answer as it should: {words}")
        return done.stdout.strip()

    def truth(self, statement: str) -> bool:
        return self.ask(statement).lower() in {"t", "true"}

    def is_demonstration(self) -> bool:
        return self.truth(HAS_DEMONSTRATION_TABLE) and self.ask(IS_DEMONSTRATION) != "0"

    def is_empty(self) -> bool:
        return not self.truth(HAS_TABLES)

    def mark(self) -> None:
        """Write the row that makes it a demonstration. Only for a database we found empty."""
        self.ask(MARK)

    def may_be_marked(self) -> bool:
        return self.is_empty()

    def empty(self) -> None:
        """Throw everything away; only a demonstration lets us."""
        if not self.is_demonstration():
            raise Stop(NOT_A_DEMONSTRATION)
        self.ask("DROP SCHEMA IF EXISTS pgmq CASCADE")
        self.ask("DROP SCHEMA public CASCADE")
        self.ask("CREATE SCHEMA public")

    def loading(self, goes_on: bool) -> None:
        """Remember that the demonstration is being loaded, or that it is complete."""

    def was_cut_off(self) -> bool:
        """Whether the last start ended in the middle of loading the demonstration."""
        return False

    def stamps(self) -> Stamps | None:
        """None: whoever runs this database may have changed it, so no step is skipped."""
        return None

    def environment(self, *, owner: bool = False) -> dict[str, str]:
        """The variables for a child: the settings read DATABASE_URL and nothing else."""
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "config.settings"),
            "DATABASE_URL": self.owner if owner else self.serving,
            "DATABASE_OWNER_URL": self.owner,
        }


class Embedded(Database):
    embedded = True

    def __init__(self, server: Server):
        self.server = server
        super().__init__(server.url("portal", NAME), server.url("portal_owner", NAME))

    def ask(self, statement: str) -> str:
        return self.server.ask(statement, NAME)

    def make(self) -> None:
        """Roles, database, extensions. Done once; each step may have been done before."""
        for role in ("portal_owner", "portal"):
            password = self.server.remembered(role)
            if not self.server.ask(f"SELECT 1 FROM pg_roles WHERE rolname = '{role}'"):
                self.server.ask(f"CREATE ROLE {role} LOGIN PASSWORD '{password}'")
        if not self.server.ask(f"SELECT 1 FROM pg_database WHERE datname = '{NAME}'"):
            self.server.ask(f"CREATE DATABASE {NAME} OWNER portal_owner")
        self.ask("ALTER SCHEMA public OWNER TO portal_owner;" + RIGHTS + EXTENSIONS)
        self.server.remember(made=True)

    def may_be_marked(self) -> bool:
        """Ours from its making on, even when the first `up` was cut off half-way."""
        return self.server.remembered("marked") is False

    def mark(self) -> None:
        super().mark()
        self.server.remember(marked=True)

    def empty(self) -> None:
        if not (self.may_be_marked() or self.is_demonstration()):
            raise Stop(NOT_A_DEMONSTRATION)
        self.server.remember(marked=False, made=False, loading=False)
        self.stamps().clear()
        self.server.ask(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
        self.make()

    def loading(self, goes_on: bool) -> None:
        self.server.remember(loading=goes_on)

    def was_cut_off(self) -> bool:
        return bool(self.server.remembered("loading"))

    def stamps(self) -> Stamps:
        return Stamps(STATE / f"stamps-{self.server.name}.json")

    def environment(self, *, owner: bool = False) -> dict[str, str]:
        ours = {key: value for key, value in super().environment(owner=owner).items() if not key.startswith("PG")}
        return {"MEDIA_ROOT": str(media_folder()), "SECRET_KEY": _secret_key(self.server), **ours}


def media_folder() -> Path:
    return STATE / "media"


def delete_media() -> None:
    """Delete the demonstration's files, when they lie where we put them."""
    if "MEDIA_ROOT" not in os.environ:
        shutil.rmtree(media_folder(), ignore_errors=True)


def _secret_key(server: Server) -> str:
    """Sessions outlive a restart, and no two machines share a key."""
    return f"{server.remembered('postgres')}{server.remembered('portal')}"


@contextmanager
def opened(*, alone: bool = False) -> Iterator[Database]:
    """The database for the length of the block."""
    url = os.environ.get("DATABASE_URL")
    if url:
        yield Database(url, os.environ.get("DATABASE_OWNER_URL") or url)
        return
    with running("demonstration", DURABLE, alone=alone) as server:
        database = Embedded(server)
        if not server.remembered("made"):
            database.make()
        yield database
