"""A lapsed offer may be made again: the outcome once more, word for word, and the move that leads there."""

import django.db.models.deletion
from django.db import migrations, models

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
    ("lapsed", "offered"),
    ("offered", "accepted"),
    ("offered", "lapsed"),
    ("offered", "withdrawn"),
    ("submitted", "assessing"),
    ("submitted", "withdrawn"),
    ("waiting_for_funds", "assessing"),
    ("waiting_for_funds", "offered"),
    ("waiting_for_funds", "withdrawn"),
)


def moves(table):
    rows = ", ".join("('%s', '%s')" % move for move in table)
    return f"""
CREATE OR REPLACE FUNCTION applications_moves() RETURNS TABLE (origin text, target text)
LANGUAGE sql IMMUTABLE AS $$ VALUES {rows} $$"""


SAME_AS_LAPSED = """
CREATE FUNCTION applications_reinstated_as_it_was() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM applications_outcome o JOIN applications_offer f ON f.outcome_id = o.id
        WHERE o.id = NEW.reinstates_id AND f.state = 'lapsed' AND o.reinstates_id IS NULL
          AND (o.application_id, o.kind, o.grant_cents, o.asked_cents, o.decided_on_hash, o.lines, o.working)
            = (NEW.application_id, NEW.kind, NEW.grant_cents, NEW.asked_cents, NEW.decided_on_hash, NEW.lines,
               NEW.working)) THEN
        RAISE EXCEPTION 'only a lapsed outcome is made again, once and as it was' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER applications_outcome_reinstated_as_it_was BEFORE INSERT ON applications_outcome
    FOR EACH ROW WHEN (NEW.reinstates_id IS NOT NULL) EXECUTE FUNCTION applications_reinstated_as_it_was();
"""


class Migration(migrations.Migration):
    dependencies = [("applications", "0007_moves_kept")]
    operations = [
        migrations.AddField(
            model_name="outcome",
            name="reinstates",
            field=models.OneToOneField(
                help_text="The lapsed one that this makes again, as it was",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="applications.outcome",
            ),
        ),
        migrations.RunSQL(moves(MOVES), moves([move for move in MOVES if move != ("lapsed", "offered")])),
        migrations.RunSQL(SAME_AS_LAPSED, "DROP FUNCTION applications_reinstated_as_it_was CASCADE"),
    ]
