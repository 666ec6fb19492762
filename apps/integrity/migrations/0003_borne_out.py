"""What is borne out is said once the case has ended; the constraints name values, and no words."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_guards'),
        ('applications', '0009_holds_kept'),
        ('integrity', '0002_guards'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='call',
            name='call_channel_known',
        ),
        migrations.RemoveConstraint(
            model_name='concern',
            name='concern_kind_known',
        ),
        migrations.RemoveConstraint(
            model_name='concern',
            name='concern_channel_known',
        ),
        migrations.RemoveConstraint(
            model_name='holdfile',
            name='hold_file_kind_known',
        ),
        migrations.RemoveConstraint(
            model_name='verdict',
            name='verdict_known',
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(('channel__in', ('web', 'phone', 'counter', 'letter'))), name='call_channel_known'),
        ),
        migrations.AddConstraint(
            model_name='concern',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ('did_not_apply', 'offered_money', 'deposit_asked', 'someone_at_the_door', 'other'))), name='concern_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='concern',
            constraint=models.CheckConstraint(condition=models.Q(('channel__in', ('web', 'phone', 'counter', 'letter'))), name='concern_channel_known'),
        ),
        migrations.AddConstraint(
            model_name='holdfile',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ('did_not_apply', 'offered_money', 'deposit_asked', 'someone_at_the_door', 'other'))), name='hold_file_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='verdict',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ('unfounded', 'explained', 'borne_out'))), name='verdict_known'),
        ),
    ]
