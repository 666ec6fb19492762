"""What was listed or promised is never reworded."""

from django.db import migrations


LISTED_NEVER_CHANGES = """
CREATE FUNCTION catalogue_listed_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.listed_at IS NULL THEN
            RETURN OLD;
        END IF;
    ELSIF OLD.listed_at IS NULL OR (
            OLD.withdrawn_at IS NULL
            AND to_jsonb(NEW) - 'withdrawn_at' - 'folded_latin' - 'folded_chars'
              = to_jsonb(OLD) - 'withdrawn_at' - 'folded_latin' - 'folded_chars') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a listed version is never changed' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER listed_never_changes BEFORE UPDATE OR DELETE ON catalogue_packageversion
    FOR EACH ROW EXECUTE FUNCTION catalogue_listed_never_changes();
"""

OPTIONS_OF_LISTED_NEVER_CHANGE = """
CREATE FUNCTION catalogue_options_never_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM catalogue_packageversion
               WHERE listed_at IS NOT NULL AND id IN (
                   CASE WHEN TG_OP <> 'INSERT' THEN OLD.version_id END,
                   CASE WHEN TG_OP <> 'DELETE' THEN NEW.version_id END)) THEN
        RAISE EXCEPTION 'options of a listed version are never changed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER options_never_change BEFORE INSERT OR UPDATE OR DELETE ON catalogue_option
    FOR EACH ROW EXECUTE FUNCTION catalogue_options_never_change();
"""

CONFIRMATION_NEVER_CHANGES = """
CREATE FUNCTION catalogue_confirmation_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.used_by = '' AND to_jsonb(NEW) - 'used_by' = to_jsonb(OLD) - 'used_by' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a confirmation is never changed' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER confirmation_never_changes BEFORE UPDATE OR DELETE ON catalogue_confirmation
    FOR EACH ROW EXECUTE FUNCTION catalogue_confirmation_never_changes();
"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial")]

    operations = [
        migrations.RunSQL(
            LISTED_NEVER_CHANGES,
            "DROP TRIGGER listed_never_changes ON catalogue_packageversion;"
            "DROP FUNCTION catalogue_listed_never_changes();",
        ),
        migrations.RunSQL(
            OPTIONS_OF_LISTED_NEVER_CHANGE,
            "DROP TRIGGER options_never_change ON catalogue_option; DROP FUNCTION catalogue_options_never_change();",
        ),
        migrations.RunSQL(
            CONFIRMATION_NEVER_CHANGES,
            "DROP TRIGGER confirmation_never_changes ON catalogue_confirmation;"
            "DROP FUNCTION catalogue_confirmation_never_changes();",
        ),
    ]
