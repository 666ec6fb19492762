"""The ways of paying a provider that the programme accepts, as a dated list."""

import django.db.models.deletion
from django.db import migrations, models


EDITION = """
CREATE TRIGGER programme_paymentproof_edition AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON programme_paymentproof
    FOR EACH STATEMENT EXECUTE FUNCTION programme_edition_changed();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_guards'),
        ('programme', '0004_edition'),
    ]

    operations = [
        migrations.CreateModel(
            name='PaymentProof',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField(default=1)),
                ('valid_from', models.DateField()),
                ('mark', models.CharField(choices=[('official', 'The programme’s rule'), ('reported', 'How this portal works, as reported'), ('sibling', 'How this portal works, as in a comparable scheme'), ('assumed', 'How this portal works')], max_length=8)),
                ('source_en', models.CharField(max_length=300)),
                ('source_zh_hant', models.CharField(max_length=300)),
                ('source_zh_hans', models.CharField(max_length=300)),
                ('loaded_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('proposed_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('confirmed_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('code', models.SlugField(max_length=40)),
                ('accepted', models.BooleanField()),
                ('name_en', models.CharField(max_length=120)),
                ('name_zh_hant', models.CharField(max_length=120)),
                ('name_zh_hans', models.CharField(max_length=120)),
                ('shows_en', models.TextField()),
                ('shows_zh_hant', models.TextField()),
                ('shows_zh_hans', models.TextField()),
                ('place', models.PositiveSmallIntegerField(default=0)),
                ('confirmed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('proposed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
            ],
            options={
                'ordering': ['place', 'code'],
                'constraints': [models.CheckConstraint(condition=models.Q(('mark__in', ['official', 'reported', 'sibling', 'assumed'])), name='paymentproof_mark_known'), models.CheckConstraint(condition=models.Q(models.Q(('source_en', ''), _negated=True), models.Q(('source_zh_hant', ''), _negated=True), models.Q(('source_zh_hans', ''), _negated=True)), name='paymentproof_source_given'), models.CheckConstraint(condition=models.Q(models.Q(('proposed_at', None), ('proposed_by', None)), models.Q(('proposed_at__isnull', False), ('proposed_by__isnull', False)), _connector='OR'), name='paymentproof_proposal_whole'), models.CheckConstraint(condition=models.Q(('loaded_at__isnull', False), ('proposed_by__isnull', False), _connector='OR'), name='paymentproof_somebody_vouches'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at', None), ('confirmed_by', None)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False), ('proposed_by__isnull', False), models.Q(('confirmed_by', models.F('proposed_by')), _negated=True)), _connector='OR'), name='paymentproof_two_people'), models.UniqueConstraint(fields=('code', 'version'), name='paymentproof_version_once')],
            },
        ),
        migrations.RunSQL(EDITION, "DROP TRIGGER programme_paymentproof_edition ON programme_paymentproof"),
    ]
