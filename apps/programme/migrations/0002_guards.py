"""The database itself keeps rules as they were said, and counts changes of the calendar."""

from django.db import migrations

# A rule or requirement says for good what it says; its proposer and confirmer are written once.
SAID_FOR_GOOD = """
CREATE FUNCTION programme_said_for_good() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    vouching text[] := ARRAY['proposed_by_id', 'proposed_at', 'confirmed_by_id', 'confirmed_at'];
    kept jsonb;
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'rows of % are never deleted', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    kept := jsonb_strip_nulls(to_jsonb(OLD));
    IF to_jsonb(NEW) - vouching IS DISTINCT FROM to_jsonb(OLD) - vouching OR NOT to_jsonb(NEW) @> kept THEN
        RAISE EXCEPTION 'a row of % says what it says: write the next version', TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER programme_rule_said BEFORE UPDATE OR DELETE ON programme_rule
    FOR EACH ROW EXECUTE FUNCTION programme_said_for_good();
CREATE TRIGGER programme_requirement_said BEFORE UPDATE OR DELETE ON programme_requirement
    FOR EACH ROW EXECUTE FUNCTION programme_said_for_good();
"""
NOT_SAID = """
DROP TRIGGER programme_rule_said ON programme_rule;
DROP TRIGGER programme_requirement_said ON programme_requirement;
DROP FUNCTION programme_said_for_good();
"""

# Terms that have begun keep their rules, and hold each fact once.
BEGUN_TERMS = """
CREATE FUNCTION programme_begun(terms bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT valid_from <= (now() AT TIME ZONE 'Asia/Hong_Kong')::date FROM programme_termsversion WHERE id = terms
$$;
CREATE FUNCTION programme_terms_stand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' OR programme_begun(OLD.id) THEN
        RAISE EXCEPTION 'terms % stand', OLD.name USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN OLD;
END $$;
CREATE FUNCTION programme_terms_rules_stand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND programme_begun(OLD.termsversion_id) THEN
        RAISE EXCEPTION 'terms that have begun keep their rules' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' OR EXISTS (
        SELECT FROM programme_termsversion_rules held
        JOIN programme_rule old_rule ON old_rule.id = held.rule_id
        JOIN programme_rule new_rule ON new_rule.id = NEW.rule_id
        WHERE held.termsversion_id = NEW.termsversion_id AND old_rule.key = new_rule.key
    ) THEN
        RAISE EXCEPTION 'terms hold each fact once' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER programme_terms_stand BEFORE UPDATE OR DELETE ON programme_termsversion
    FOR EACH ROW EXECUTE FUNCTION programme_terms_stand();
CREATE TRIGGER programme_terms_rules_stand BEFORE INSERT OR UPDATE OR DELETE ON programme_termsversion_rules
    FOR EACH ROW EXECUTE FUNCTION programme_terms_rules_stand();
"""
NOT_BEGUN = """
DROP TRIGGER programme_terms_rules_stand ON programme_termsversion_rules;
DROP TRIGGER programme_terms_stand ON programme_termsversion;
DROP FUNCTION programme_terms_rules_stand();
DROP FUNCTION programme_terms_stand();
DROP FUNCTION programme_begun(bigint);
"""

# Each process keeps the holidays in memory under this number. It is an instant, so that a
# change after a rolled-back one never gets a number that was seen before.
CALENDAR = """
INSERT INTO programme_calendarversion (id, number) VALUES (1, 0);
CREATE FUNCTION programme_calendar_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE programme_calendarversion SET number = (extract(epoch FROM clock_timestamp()) * 1000000)::bigint WHERE id = 1;
    RETURN NULL;
END $$;
CREATE TRIGGER programme_holiday_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON programme_holiday
    FOR EACH STATEMENT EXECUTE FUNCTION programme_calendar_changed();
"""
NO_CALENDAR = """
DROP TRIGGER programme_holiday_changed ON programme_holiday;
DROP FUNCTION programme_calendar_changed();
DELETE FROM programme_calendarversion;
"""


class Migration(migrations.Migration):
    dependencies = [("programme", "0001_initial")]
    operations = [
        migrations.RunSQL(SAID_FOR_GOOD, NOT_SAID),
        migrations.RunSQL(BEGUN_TERMS, NOT_BEGUN),
        migrations.RunSQL(CALENDAR, NO_CALENDAR),
    ]
