"""A hold says the same for good: only the day of the next word moves, and it is closed once."""

from django.db import migrations, models
from django.db.models import F, Q

KEEP_HOLDS = """
CREATE FUNCTION applications_keep_holds() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE'
       OR OLD.closed_at IS NOT NULL
       OR (NEW.id, NEW.number, NEW.application_id, NEW.since)
          IS DISTINCT FROM (OLD.id, OLD.number, OLD.application_id, OLD.since) THEN
        RAISE EXCEPTION 'a hold is closed once, and nothing but its next word changes'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER applications_hold_kept BEFORE UPDATE OR DELETE ON applications_hold
    FOR EACH ROW EXECUTE FUNCTION applications_keep_holds();
CREATE TRIGGER applications_hold_never_emptied BEFORE TRUNCATE ON applications_hold
    FOR EACH STATEMENT EXECUTE FUNCTION applications_keep_holds();
"""


class Migration(migrations.Migration):
    dependencies = [("applications", "0008_reinstated")]
    operations = [
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("since")), name="hold_closed_after_it_began"
            ),
        ),
        migrations.RunSQL(
            KEEP_HOLDS,
            """
            DROP TRIGGER applications_hold_never_emptied ON applications_hold;
            DROP FUNCTION applications_keep_holds CASCADE
            """),
    ]
