"""A rise may wait for funds, and an offer be announced again; what is decided never changes."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from apps.core.guards import append_only

# A review never lowers a sum: what rises stands two tables away, so no CHECK can say it.
RISES = """
CREATE FUNCTION applications_rise_rises() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.grant_cents <= (
        SELECT o.grant_cents FROM applications_review r JOIN applications_outcome o ON o.id = r.outcome_id
        WHERE r.id = NEW.review_id) THEN
        RAISE EXCEPTION 'a review never lowers a sum' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER applications_rise_above BEFORE INSERT ON applications_rise
    FOR EACH ROW EXECUTE FUNCTION applications_rise_rises();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0004_asked_and_closed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Rise',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('grant_cents', models.BigIntegerField()),
                ('lines', models.JSONField()),
                ('working', models.JSONField()),
                ('decided_on_hash', models.CharField(max_length=64)),
                ('decided_at', models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='review',
            name='review_state_known',
        ),
        migrations.AddField(
            model_name='offer',
            name='announced_again_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='offer',
            name='round',
            field=models.PositiveSmallIntegerField(default=0, help_text='How often it was announced again'),
        ),
        migrations.AddConstraint(
            model_name='offer',
            constraint=models.CheckConstraint(condition=models.Q(('issued_on__isnull', True), models.Q(('announced_at__isnull', False), ('letter_issued_at__isnull', False)), _connector='OR'), name='offer_days_need_letter_and_word'),
        ),
        migrations.AddConstraint(
            model_name='offer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('announced_again_at__isnull', True), ('round', 0)), models.Q(('announced_again_at__isnull', False), ('round__gt', 0)), _connector='OR'), name='offer_round_has_time'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ('asked', 'recommending', 'deciding', 'waiting', 'upheld', 'changed', 'withdrawn', 'dropped'))), name='review_state_known'),
        ),
        migrations.AddField(
            model_name='rise',
            name='review',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='rise', to='applications.review'),
        ),
        migrations.AddConstraint(
            model_name='rise',
            constraint=models.CheckConstraint(condition=models.Q(('grant_cents__gt', 0)), name='rise_of_something'),
        ),
        append_only('applications_rise'),
        migrations.RunSQL(RISES, 'DROP FUNCTION applications_rise_rises CASCADE'),
    ]
