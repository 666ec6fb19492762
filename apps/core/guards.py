"""Guards that stand in the database itself, for migrations of any app.

A model whose rows are never changed says `append_only = True` in its class body, and its
app's guard migration lists `append_only("<table>")`. The trigger refuses everybody, the
owner of the table too; `grant_rights` takes the privilege from the serving role as well.
"""

from django.db import migrations

_FUNCTION = """
CREATE OR REPLACE FUNCTION core_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never changed: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;
"""


def append_only(table: str) -> migrations.RunSQL:
    """A migration operation: UPDATE, DELETE and TRUNCATE of `table` raise IntegrityError."""
    return migrations.RunSQL(
        _FUNCTION
        + f"""
        CREATE TRIGGER {table}_never_changed BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION core_refuse_change();
        CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION core_refuse_change();
        """,
        f"""
        DROP TRIGGER {table}_never_changed ON {table};
        DROP TRIGGER {table}_never_emptied ON {table};
        """,
    )
