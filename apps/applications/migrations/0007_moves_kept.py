"""A case moves only as the table of moves says, and an answer is emptied by a purge or stays as it was given."""

from django.db import migrations

# The workflow's table as it stands; tests/architecture compares them.
MOVES = (
    ("accepted", "withdrawn"),
    ("asked", "assessing"),
    ("asked", "closed"),
    ("asked", "withdrawn"),
    ("assessing", "asked"),
    ("assessing", "deciding"),
    ("assessing", "withdrawn"),
    ("closed", "asked"),
    ("deciding", "assessing"),
    ("deciding", "declined"),
    ("deciding", "offered"),
    ("deciding", "waiting_for_funds"),
    ("deciding", "withdrawn"),
    ("declined", "offered"),
    ("declined", "waiting_for_funds"),
    ("draft", "submitted"),
    ("draft", "withdrawn"),
    ("offered", "accepted"),
    ("offered", "lapsed"),
    ("offered", "withdrawn"),
    ("submitted", "assessing"),
    ("submitted", "withdrawn"),
    ("waiting_for_funds", "assessing"),
    ("waiting_for_funds", "offered"),
    ("waiting_for_funds", "withdrawn"),
)

KEEP_MOVES = """
CREATE FUNCTION applications_moves() RETURNS TABLE (origin text, target text) LANGUAGE sql IMMUTABLE AS $$
    VALUES %s
$$;
CREATE FUNCTION applications_keep_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM applications_moves() m WHERE m.origin = OLD.state AND m.target = NEW.state) THEN
        RAISE EXCEPTION 'no move leads a case from %% to %%', OLD.state, NEW.state
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER applications_application_moves_kept BEFORE UPDATE ON applications_application
    FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION applications_keep_moves();
""" % ", ".join("('%s', '%s')" % move for move in MOVES)

# Wordings stay, because the record's hash is over them; what somebody answered may go, whole.
KEEP_ANSWERS = """
CREATE FUNCTION applications_keep_answers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE'
       OR (NEW.answer, NEW.shown_en, NEW.shown_zh_hant, NEW.shown_zh_hans, NEW.salt) <> ('', '', '', '', '')
       OR (NEW.id, NEW.record_id, NEW.position, NEW.section, NEW.key, NEW.wording_en, NEW.wording_zh_hant,
           NEW.wording_zh_hans)
          IS DISTINCT FROM (OLD.id, OLD.record_id, OLD.position, OLD.section, OLD.key, OLD.wording_en,
           OLD.wording_zh_hant, OLD.wording_zh_hans) THEN
        RAISE EXCEPTION 'an answer is emptied by a purge, and never changed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER applications_recordanswer_kept BEFORE UPDATE OR DELETE ON applications_recordanswer
    FOR EACH ROW EXECUTE FUNCTION applications_keep_answers();
CREATE TRIGGER applications_recordanswer_never_emptied BEFORE TRUNCATE ON applications_recordanswer
    FOR EACH STATEMENT EXECUTE FUNCTION applications_keep_answers();
"""


class Migration(migrations.Migration):
    dependencies = [("applications", "0006_reminded_in_time")]
    operations = [
        migrations.RunSQL(
            KEEP_MOVES,
            "DROP FUNCTION applications_keep_moves CASCADE; DROP FUNCTION applications_moves"),
        migrations.RunSQL(
            KEEP_ANSWERS,
            """
            DROP TRIGGER applications_recordanswer_never_emptied ON applications_recordanswer;
            DROP FUNCTION applications_keep_answers CASCADE
            """),
    ]
