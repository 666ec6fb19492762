"""What spans two tables, and so no CHECK can say."""

from django.db import migrations

IDENTITY_NEVER_CHANGES = """
CREATE FUNCTION businesses_identity_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an identity is never changed' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER identity_never_changes BEFORE UPDATE ON businesses_identity
    FOR EACH ROW EXECUTE FUNCTION businesses_identity_never_changes();
"""

IDENTITY_FITS_LEGAL_FORM = """
CREATE FUNCTION businesses_identity_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    identity_kind text;
    licence_kind text;
BEGIN
    SELECT kind INTO identity_kind FROM businesses_identity WHERE id = NEW.identity_id;
    SELECT kind INTO licence_kind FROM businesses_identity WHERE id = NEW.licence_id;
    IF licence_kind <> 'licence' THEN
        RAISE EXCEPTION 'licence_id names no licence' USING ERRCODE = 'check_violation';
    END IF;
    IF identity_kind = 'licence' AND (
            NEW.legal_form <> 'hawker' OR NEW.in_building OR NEW.identity_id IS DISTINCT FROM NEW.licence_id) THEN
        RAISE EXCEPTION 'this organisation needs a BRN' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER identity_fits BEFORE INSERT OR UPDATE ON businesses_organisation
    FOR EACH ROW EXECUTE FUNCTION businesses_identity_fits();
"""

ROLE_FITS_ORGANISATION = """
CREATE FUNCTION businesses_role_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.role LIKE 'provider%') <>
            (SELECT kind = 'provider' FROM businesses_organisation WHERE id = NEW.organisation_id) THEN
        RAISE EXCEPTION 'role % does not fit this organisation', NEW.role USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER role_fits BEFORE INSERT OR UPDATE ON businesses_membership
    FOR EACH ROW EXECUTE FUNCTION businesses_role_fits();
"""


class Migration(migrations.Migration):
    dependencies = [("businesses", "0001_initial")]

    operations = [
        migrations.RunSQL(
            IDENTITY_NEVER_CHANGES,
            "DROP TRIGGER identity_never_changes ON businesses_identity;"
            "DROP FUNCTION businesses_identity_never_changes();",
        ),
        migrations.RunSQL(
            IDENTITY_FITS_LEGAL_FORM,
            "DROP TRIGGER identity_fits ON businesses_organisation; DROP FUNCTION businesses_identity_fits();",
        ),
        migrations.RunSQL(
            ROLE_FITS_ORGANISATION,
            "DROP TRIGGER role_fits ON businesses_membership; DROP FUNCTION businesses_role_fits();",
        ),
    ]
