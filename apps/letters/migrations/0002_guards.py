"""An issued letter is never made again: the database itself refuses."""

from django.db import migrations

from apps.core.guards import append_only

# What identifies a letter and what it says never changes from its first row on; its hash
# and time of issue are written once. Only its standing may change afterwards.
GUARD = """
CREATE FUNCTION letters_letter_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'letter % is never deleted', OLD.number USING ERRCODE = 'restrict_violation';
    END IF;
    IF ROW(NEW.id, NEW.number, NEW.code, NEW.subject, NEW.kind, NEW.outcome_number, NEW.contents,
           NEW.contents_version, NEW.grant_cents, NEW.specimen, NEW.requested_at)
       IS DISTINCT FROM
       ROW(OLD.id, OLD.number, OLD.code, OLD.subject, OLD.kind, OLD.outcome_number, OLD.contents,
           OLD.contents_version, OLD.grant_cents, OLD.specimen, OLD.requested_at) THEN
        RAISE EXCEPTION 'letter % says what it says', OLD.number USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.issued_at IS NOT NULL
       AND ROW(NEW.issued_at, NEW.sha256, NEW.waits_for) IS DISTINCT FROM ROW(OLD.issued_at, OLD.sha256, OLD.waits_for) THEN
        RAISE EXCEPTION 'letter % is issued', OLD.number USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.standing <> 'current'
       AND ROW(NEW.standing, NEW.replaced_by_id) IS DISTINCT FROM ROW(OLD.standing, OLD.replaced_by_id) THEN
        RAISE EXCEPTION 'letter % no longer stands', OLD.number USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER letters_letter_guard BEFORE UPDATE OR DELETE ON letters_letter
    FOR EACH ROW EXECUTE FUNCTION letters_letter_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("letters", "0001_initial")]
    operations = [
        migrations.RunSQL(GUARD, "DROP TRIGGER letters_letter_guard ON letters_letter; DROP FUNCTION letters_letter_guard();"),
        append_only("letters_letterfile"),
    ]
