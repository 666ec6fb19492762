"""What was asked stands: the database refuses to change it, whoever tries."""

from django.db import migrations

STANDS = """
CREATE FUNCTION questions_round_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.state <> 'preparing' THEN
            RAISE EXCEPTION 'a round that was asked is never deleted' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF OLD.state IN ('answered', 'ended')
        OR (NEW.subject, NEW.number, NEW.prepared_by_id) IS DISTINCT FROM (OLD.subject, OLD.number, OLD.prepared_by_id)
        OR (OLD.asked_at IS NOT NULL AND NEW.asked_at IS DISTINCT FROM OLD.asked_at)
        OR (OLD.state, NEW.state) NOT IN (
            ('preparing', 'preparing'), ('preparing', 'asked'), ('preparing', 'ended'), ('asked', 'asked'),
            ('asked', 'answered'), ('asked', 'closed'), ('asked', 'ended'), ('closed', 'asked')) THEN
        RAISE EXCEPTION 'a round goes from % to % by no verb', OLD.state, NEW.state
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER questions_round_stands BEFORE UPDATE OR DELETE ON questions_round
    FOR EACH ROW EXECUTE FUNCTION questions_round_stands();

CREATE FUNCTION questions_item_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    stage text;
BEGIN
    SELECT state INTO stage FROM questions_round WHERE id = COALESCE(NEW.round_id, OLD.round_id);
    IF stage IS NULL OR stage = 'preparing' THEN
        RETURN COALESCE(NEW, OLD);
    END IF;
    IF TG_OP <> 'UPDATE' OR stage <> 'asked'
        OR (to_jsonb(NEW) - ARRAY['words', 'answered_at']) IS DISTINCT FROM
           (to_jsonb(OLD) - ARRAY['words', 'answered_at']) THEN
        RAISE EXCEPTION 'what was asked stands as it was asked' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER questions_item_stands BEFORE INSERT OR UPDATE OR DELETE ON questions_item
    FOR EACH ROW EXECUTE FUNCTION questions_item_stands();
"""
FREE = """
DROP TRIGGER questions_item_stands ON questions_item;
DROP FUNCTION questions_item_stands();
DROP TRIGGER questions_round_stands ON questions_round;
DROP FUNCTION questions_round_stands();
"""


class Migration(migrations.Migration):
    dependencies = [("questions", "0001_initial")]
    operations = [migrations.RunSQL(STANDS, FREE)]
