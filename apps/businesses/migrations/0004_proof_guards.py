"""What a proof must stay, seen across rows: one person holds an identity, and keeps it."""

from django.db import migrations

PROOF_STANDS = """
CREATE FUNCTION businesses_proof_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.proven_at IS NOT NULL THEN
        IF (NEW.proven_at, NEW.proven_how, NEW.proven_owner_id, NEW.proven_by_id, NEW.identity_id)
                IS DISTINCT FROM
                (OLD.proven_at, OLD.proven_how, OLD.proven_owner_id, OLD.proven_by_id, OLD.identity_id) THEN
            RAISE EXCEPTION 'the proof of % is never changed', OLD.reference USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.proven_at IS NOT NULL THEN
        PERFORM 1 FROM businesses_identity WHERE id = NEW.identity_id FOR NO KEY UPDATE;
        IF EXISTS (SELECT 1 FROM businesses_organisation
                   WHERE identity_id = NEW.identity_id AND kind = 'sme' AND proven_at IS NOT NULL
                     AND proven_owner_id <> NEW.proven_owner_id) THEN
            RAISE EXCEPTION 'somebody else has proven this identity' USING ERRCODE = 'unique_violation';
        END IF;
        IF NOT EXISTS (SELECT 1 FROM businesses_membership m JOIN accounts_account a ON a.id = m.account_id
                       WHERE m.organisation_id = NEW.id AND m.role = 'owner' AND m.until IS NULL
                         AND a.person_id = NEW.proven_owner_id) THEN
            RAISE EXCEPTION 'only an owner proves a business' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER proof_stands BEFORE UPDATE ON businesses_organisation
    FOR EACH ROW EXECUTE FUNCTION businesses_proof_stands();

CREATE FUNCTION businesses_nobody_begins_proven() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.proven_at IS NOT NULL THEN
        RAISE EXCEPTION 'a business is claimed first, and proven then' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER nobody_begins_proven BEFORE INSERT ON businesses_organisation
    FOR EACH ROW EXECUTE FUNCTION businesses_nobody_begins_proven();
"""

CODE_LETTER_KEPT = """
CREATE FUNCTION businesses_code_letter_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a code letter is kept' USING ERRCODE = 'check_violation';
    END IF;
    IF (NEW.reference, NEW.organisation_id, NEW.name_en, NEW.name_zh, NEW.address_en, NEW.address_zh, NEW.asked_at)
            IS DISTINCT FROM
            (OLD.reference, OLD.organisation_id, OLD.name_en, OLD.name_zh, OLD.address_en, OLD.address_zh, OLD.asked_at)
            OR (OLD.used_at IS NOT NULL AND NEW IS DISTINCT FROM OLD)
            OR (OLD.ended_at IS NOT NULL AND NEW IS DISTINCT FROM OLD)
            OR (OLD.printed_at IS NOT NULL AND NEW.printed_at IS NULL)
            OR (NEW.tries < OLD.tries AND NEW.digest = OLD.digest) THEN
        RAISE EXCEPTION 'what a code letter said is never changed' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER code_letter_kept BEFORE UPDATE OR DELETE ON businesses_codeletter
    FOR EACH ROW EXECUTE FUNCTION businesses_code_letter_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("businesses", "0003_proof"), ("accounts", "0001_initial")]

    operations = [
        migrations.RunSQL(
            PROOF_STANDS,
            "DROP TRIGGER proof_stands ON businesses_organisation;"
            "DROP FUNCTION businesses_proof_stands();"
            "DROP TRIGGER nobody_begins_proven ON businesses_organisation;"
            "DROP FUNCTION businesses_nobody_begins_proven();",
        ),
        migrations.RunSQL(
            CODE_LETTER_KEPT,
            "DROP TRIGGER code_letter_kept ON businesses_codeletter; DROP FUNCTION businesses_code_letter_kept();",
        ),
    ]
