"""Give the serving role the rights it needs on every table, and on history only to add.

Run with the owner's connection (DATABASE_OWNER_URL) after each migrate.
"""

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import connection, transaction
from psycopg import sql

_GRANTS = """
GRANT USAGE ON SCHEMA {schema} TO {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role};
GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA {schema} TO {role};
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA {schema} TO {role};
"""


class Command(BaseCommand):
    help = "Grants the serving role its rights; on append-only tables, only to add."

    def add_arguments(self, parser):
        parser.add_argument("--role", default="portal")

    def handle(self, *, role, **options):
        with transaction.atomic(), connection.cursor() as cursor:
            if not _exists(cursor, "pg_roles", "rolname", role):
                self.stdout.write(f"There is no role {role}: rights stay as they are.")
                return
            for schema in ("public", "pgmq"):
                if _exists(cursor, "pg_namespace", "nspname", schema):
                    _run(cursor, _GRANTS, role, schema=sql.Identifier(schema))
            tables = append_only_tables()
            for table in tables:
                revoke = "REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {role}"
                _run(cursor, revoke, role, table=sql.Identifier(table))
        self.stdout.write(f"{role} may serve; on {len(tables)} append-only tables it may only add.")


def append_only_tables() -> list[str]:
    """The tables of every model that says `append_only = True`."""
    models = apps.get_models(include_auto_created=True)
    return sorted(model._meta.db_table for model in models if getattr(model, "append_only", False))


def _exists(cursor, catalogue, column, name):
    query = sql.SQL("SELECT 1 FROM {} WHERE {} = %s")
    cursor.execute(query.format(sql.Identifier(catalogue), sql.Identifier(column)), [name])
    return cursor.fetchone() is not None


def _run(cursor, text, role, **names):
    cursor.execute(sql.SQL(text).format(role=sql.Identifier(role), **names))
