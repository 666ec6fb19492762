from django.db import migrations

from apps.core.guards import append_only

# At the end of the transaction, because a transfer and its postings are three statements.
BALANCED = """
CREATE FUNCTION ledger_balanced() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moved record;
    transfer bigint := CASE TG_TABLE_NAME WHEN 'ledger_transfer'
        THEN (to_jsonb(NEW)->>'id')::bigint ELSE (to_jsonb(NEW)->>'transfer_id')::bigint END;
BEGIN
    SELECT count(*) AS sides, coalesce(sum(p.cents), 0) AS total, max(p.cents) AS into_it, t.cents
        INTO moved
        FROM ledger_transfer t LEFT JOIN ledger_posting p ON p.transfer_id = t.id
        WHERE t.id = transfer GROUP BY t.id;
    IF moved.sides <> 2 OR moved.total <> 0 OR moved.into_it <> moved.cents THEN
        RAISE EXCEPTION 'transfer %: % postings add up to % cents', transfer, moved.sides, moved.total
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ledger_transfer_balanced AFTER INSERT ON ledger_transfer
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_balanced();
CREATE CONSTRAINT TRIGGER ledger_posting_balanced AFTER INSERT ON ledger_posting
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_balanced();
"""

UNBALANCED = """
DROP TRIGGER ledger_transfer_balanced ON ledger_transfer;
DROP TRIGGER ledger_posting_balanced ON ledger_posting;
DROP FUNCTION ledger_balanced();
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [
        append_only("ledger_ledgeraccount"),
        append_only("ledger_transfer"),
        append_only("ledger_posting"),
        migrations.RunSQL(BALANCED, UNBALANCED),
    ]
