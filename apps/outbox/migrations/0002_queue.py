"""The queue's tables, which no role but the owner may make."""

from django.db import migrations
from pgmq import install_pgmq_from_sql

# pgmq's own notification updates one row per queue inside the sender's transaction, so every
# act that announces would wait for every other's commit; and that table is emptied by a crash.
NOTIFY = """
CREATE FUNCTION pgmq.tell_portal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('pgmq.q_portal.INSERT', '');
    RETURN NULL;
END $$;
CREATE TRIGGER tell_portal AFTER INSERT ON pgmq.q_portal
    FOR EACH STATEMENT EXECUTE FUNCTION pgmq.tell_portal();
"""


def install(apps, schema_editor):
    connection = schema_editor.connection
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('pgmq.meta') IS NOT NULL")
        if not cursor.fetchone()[0]:
            install_pgmq_from_sql(conn=connection.connection)
        cursor.execute("SELECT pgmq.create('portal')")
        cursor.execute(NOTIFY)


def remove(apps, schema_editor):
    schema_editor.execute("DROP SCHEMA pgmq CASCADE")


class Migration(migrations.Migration):
    dependencies = [("outbox", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
