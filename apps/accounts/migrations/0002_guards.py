"""Duties are for good: whoever took part in a case cannot be written out of it."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION accounts_duty_is_for_good() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'accounts_duty is append-only' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER accounts_duty_append_only BEFORE UPDATE OR DELETE ON accounts_duty
    FOR EACH ROW EXECUTE FUNCTION accounts_duty_is_for_good();
"""

BACKWARD = """
DROP TRIGGER accounts_duty_append_only ON accounts_duty;
DROP FUNCTION accounts_duty_is_for_good();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
