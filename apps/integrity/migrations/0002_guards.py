"""Evidence is only ever added to; a way back is emptied or left; a verdict comes from outside the case."""

from django.db import migrations

from apps.core.guards import append_only

KEEP_WAYS_BACK = """
CREATE FUNCTION integrity_keep_ways_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE' OR NEW.words <> ''
       OR (NEW.id, NEW.concern_id) IS DISTINCT FROM (OLD.id, OLD.concern_id) THEN
        RAISE EXCEPTION 'how to reach who reported is emptied by a purge, and never changed'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER integrity_wayback_kept BEFORE UPDATE OR DELETE ON integrity_wayback
    FOR EACH ROW EXECUTE FUNCTION integrity_keep_ways_back();
CREATE TRIGGER integrity_wayback_never_emptied BEFORE TRUNCATE ON integrity_wayback
    FOR EACH STATEMENT EXECUTE FUNCTION integrity_keep_ways_back();
"""

# The closer's duty is the supervisor's in this hold; in the case itself he has none, and no part in the report.
FROM_OUTSIDE = """
CREATE FUNCTION integrity_verdict_from_outside() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM integrity_holdfile f
        JOIN applications_hold h ON h.id = f.hold_id
        JOIN applications_application a ON a.id = h.application_id
        JOIN accounts_duty d ON d.subject = h.number AND d.part = 'supervisor' AND d.id = NEW.duty_id
        WHERE f.id = NEW.file_id AND h.closed_at IS NOT NULL
          AND NOT EXISTS (
              SELECT 1 FROM accounts_duty own WHERE own.subject = a.reference AND own.person_id = d.person_id)
          AND NOT EXISTS (
              SELECT 1 FROM integrity_match m JOIN integrity_concern c ON c.id = m.concern_id
              WHERE m.file_id = f.id AND c.recorded_by_id = d.person_id)) THEN
        RAISE EXCEPTION 'a hold is closed by a supervisor outside the case'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER integrity_verdict_of_outsider BEFORE INSERT ON integrity_verdict
    FOR EACH ROW EXECUTE FUNCTION integrity_verdict_from_outside();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("integrity", "0001_initial"), ("applications", "0009_holds_kept"), ("accounts", "0002_guards")]
    operations = [
        append_only("integrity_concern"),
        append_only("integrity_setaside"),
        append_only("integrity_holdfile"),
        append_only("integrity_match"),
        append_only("integrity_nextword"),
        append_only("integrity_verdict"),
        append_only("integrity_call"),
        migrations.RunSQL(
            KEEP_WAYS_BACK,
            """
            DROP TRIGGER integrity_wayback_never_emptied ON integrity_wayback;
            DROP FUNCTION integrity_keep_ways_back CASCADE
            """),
        migrations.RunSQL(FROM_OUTSIDE, "DROP FUNCTION integrity_verdict_from_outside CASCADE"),
    ]
