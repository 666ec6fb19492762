"""Two identities of one person may share a ceiling; who moved what between groups is kept."""

import django.db.models.deletion
from django.db import migrations, models

from apps.core.guards import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0002_guards'),
    ]

    operations = [
        migrations.CreateModel(
            name='CeilingMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scheme', models.CharField(max_length=20)),
                ('identity', models.CharField(max_length=80)),
                ('cents', models.BigIntegerField()),
                ('cause_subject', models.CharField(max_length=80)),
                ('cause_number', models.CharField(max_length=40)),
                ('at', models.DateTimeField()),
                ('by', models.CharField(max_length=40)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='identityingroup',
            name='group_days_in_order',
        ),
        migrations.AddField(
            model_name='transfer',
            name='shares_with',
            field=models.JSONField(default=list, help_text='Other identities that this award brings under the same ceiling'),
        ),
        migrations.AddConstraint(
            model_name='identityingroup',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='group_days_in_order'),
        ),
        migrations.AddField(
            model_name='ceilingmove',
            name='into',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moves_in', to='ledger.ceilinggroup'),
        ),
        migrations.AddField(
            model_name='ceilingmove',
            name='out_of',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moves_out', to='ledger.ceilinggroup'),
        ),
        migrations.AddConstraint(
            model_name='ceilingmove',
            constraint=models.UniqueConstraint(fields=('cause_subject', 'cause_number', 'identity'), name='ceiling_move_cause_once'),
        ),
        migrations.AddConstraint(
            model_name='ceilingmove',
            constraint=models.CheckConstraint(condition=models.Q(('cents__gte', 0)), name='ceiling_move_takes_nothing_away'),
        ),
        migrations.AddConstraint(
            model_name='ceilingmove',
            constraint=models.CheckConstraint(condition=models.Q(('out_of', models.F('into')), _negated=True), name='ceiling_move_between_two_groups'),
        ),
        migrations.AddIndex(
            model_name='transfer',
            index=models.Index(fields=['identity'], name='transfer_of_identity'),
        ),
        append_only('ledger_ceilingmove'),
    ]
