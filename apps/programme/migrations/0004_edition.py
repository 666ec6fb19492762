"""One number tells whether anything changed that processes keep: rules, papers and holidays."""

from django.db import migrations, models

TABLES = ("rule", "termsversion", "termsversion_rules", "documenttype", "holiday")
NO_CALENDAR = """
DROP TRIGGER programme_holiday_changed ON programme_holiday;
DROP FUNCTION programme_calendar_changed();
"""
CALENDAR = """
CREATE FUNCTION programme_calendar_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE programme_calendarversion SET number = (extract(epoch FROM clock_timestamp()) * 1000000)::bigint WHERE id = 1;
    RETURN NULL;
END $$;
CREATE TRIGGER programme_holiday_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON programme_holiday
    FOR EACH STATEMENT EXECUTE FUNCTION programme_calendar_changed();
"""
EDITION = """
CREATE FUNCTION programme_edition_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE programme_edition SET number = (extract(epoch FROM clock_timestamp()) * 1000000)::bigint WHERE id = 1;
    RETURN NULL;
END $$;
""" + "".join(
    f"""
CREATE TRIGGER programme_{table}_edition AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON programme_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION programme_edition_changed();
"""
    for table in TABLES
)
NO_EDITION = (
    "".join(f"DROP TRIGGER programme_{table}_edition ON programme_{table};" for table in TABLES)
    + "DROP FUNCTION programme_edition_changed();"
)


class Migration(migrations.Migration):
    dependencies = [("programme", "0003_question_reasons")]
    operations = [
        migrations.RunSQL(NO_CALENDAR, CALENDAR),
        migrations.RemoveConstraint("calendarversion", "calendar_version_one_row"),
        migrations.RenameModel("CalendarVersion", "Edition"),
        migrations.AddConstraint(
            "edition", models.CheckConstraint(condition=models.Q(id=1), name="edition_one_row")
        ),
        migrations.RunSQL(EDITION, NO_EDITION),
    ]
