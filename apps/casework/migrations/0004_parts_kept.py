"""Who decides has the deciding part, and an assignment is the duty it stands on."""

from django.db import migrations

# The pairs of parts that advise and decide; what the function was before stands in 0002.
_BINDS = """
CREATE OR REPLACE FUNCTION casework_decision_matches() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM casework_recommendation r
        WHERE r.id = NEW.recommendation_id AND r.subject = NEW.subject
          AND r.duty_id = NEW.recommender_duty_id AND r.sha256 = NEW.decided_on_hash) THEN
        RAISE EXCEPTION 'a decision binds to the recommendation that was read'
            USING ERRCODE = 'restrict_violation';
    END IF;
    %s
    RETURN NEW;
END $$;
"""
_PARTS = """
    IF NOT EXISTS (
        SELECT 1 FROM accounts_duty a, accounts_duty d
        WHERE a.id = NEW.recommender_duty_id AND d.id = NEW.decider_duty_id
          AND (a.part, d.part) IN (('case_officer', 'approver'), ('reviewer', 'review_decider'))) THEN
        RAISE EXCEPTION 'a decision is the approver''s, or the deciding reviewer''s'
            USING ERRCODE = 'restrict_violation';
    END IF;
"""
_ASSIGNED = """
CREATE FUNCTION casework_assignment_matches() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM accounts_duty d JOIN applications_application a ON a.reference = d.subject
        WHERE d.id = NEW.duty_id AND a.id = NEW.application_id AND d.person_id = NEW.person_id
          AND d.part = NEW.part) THEN
        RAISE EXCEPTION 'an assignment is of the person, the part and the case of its duty'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER casework_assignment_of_duty
    BEFORE INSERT OR UPDATE OF application_id, duty_id, person_id, part ON casework_assignment
    FOR EACH ROW EXECUTE FUNCTION casework_assignment_matches();
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0003_staffing"), ("accounts", "0002_guards"), ("applications", "0002_guards")]
    operations = [
        migrations.RunSQL(_BINDS % _PARTS, _BINDS % ""),
        migrations.RunSQL(_ASSIGNED, "DROP FUNCTION casework_assignment_matches CASCADE"),
    ]
