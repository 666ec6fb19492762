"""Four eyes in the database: both duties belong to this case, whatever the Python did."""

from django.db import migrations

from apps.core.guards import append_only

_TIES = {
    "casework_decision": ("recommender_duty_id", "decider_duty_id"),
    "casework_recommendation": ("duty_id",),
}


def _tie(table, column):
    return migrations.RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {table}_{column}_of_case FOREIGN KEY ({column}, subject) "
        "REFERENCES accounts_duty (id, subject)",
        f"ALTER TABLE {table} DROP CONSTRAINT {table}_{column}_of_case")


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_initial"), ("accounts", "0001_initial")]
    operations = [
        append_only("casework_draw"),
        append_only("casework_note"),
        append_only("casework_recommendation"),
        append_only("casework_decision"),
        *[_tie(table, column) for table, columns in _TIES.items() for column in columns],
        migrations.RunSQL(
            """
            CREATE FUNCTION casework_decision_matches() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF NOT EXISTS (
                    SELECT 1 FROM casework_recommendation r
                    WHERE r.id = NEW.recommendation_id AND r.subject = NEW.subject
                      AND r.duty_id = NEW.recommender_duty_id AND r.sha256 = NEW.decided_on_hash) THEN
                    RAISE EXCEPTION 'a decision binds to the recommendation that was read'
                        USING ERRCODE = 'restrict_violation';
                END IF;
                RETURN NEW;
            END $$;
            CREATE TRIGGER casework_decision_binds BEFORE INSERT ON casework_decision
                FOR EACH ROW EXECUTE FUNCTION casework_decision_matches();
            """,
            "DROP FUNCTION casework_decision_matches CASCADE"),
    ]
