"""What stands even when the Python is gone around.

Records, outcomes and acceptances are never changed; answers only emptied by a purge.
"""

from django.db import migrations

from apps.core.guards import append_only


class Migration(migrations.Migration):
    dependencies = [("applications", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE applications_receipt_number MINVALUE 1",
            "DROP SEQUENCE applications_receipt_number"),
        append_only("applications_record"),
        append_only("applications_outcome"),
        append_only("applications_acceptance"),
        migrations.RunSQL(
            """
            CREATE FUNCTION applications_keep_receipt() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF OLD.receipt_number IS NOT NULL AND (
                    NEW.receipt_number, NEW.received_at, NEW.recorded_at, NEW.reference, NEW.terms,
                    NEW.organisation_id, NEW.identity_key, NEW.confirmation_id)
                    IS DISTINCT FROM (
                    OLD.receipt_number, OLD.received_at, OLD.recorded_at, OLD.reference, OLD.terms,
                    OLD.organisation_id, OLD.identity_key, OLD.confirmation_id) THEN
                    RAISE EXCEPTION 'what was receipted is never changed'
                        USING ERRCODE = 'restrict_violation';
                END IF;
                RETURN NEW;
            END $$;
            CREATE TRIGGER applications_application_receipt_kept
                BEFORE UPDATE ON applications_application
                FOR EACH ROW EXECUTE FUNCTION applications_keep_receipt();
            """,
            "DROP FUNCTION applications_keep_receipt CASCADE"),
    ]
