"""An offer lapses only when its last reminder was handed over in its days."""

from django.db import migrations, models
from django.db.models import F, Q

# Those that lapsed before were not asked when: they keep their end.
LAPSED_BEFORE = "UPDATE applications_offer SET reminded_on = accept_by WHERE state = 'lapsed' OR reminders_handed_over > 0"


class Migration(migrations.Migration):

    dependencies = [("applications", "0005_queue_and_rounds")]

    operations = [
        migrations.AddField(
            model_name="offer", name="reminded_on",
            field=models.DateField(help_text="When the last reminder that counts was handed over", null=True)),
        migrations.RunSQL(LAPSED_BEFORE, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=~Q(state="lapsed") | Q(reminded_on__isnull=False, reminded_on__lte=F("accept_by")),
                name="offer_lapses_only_reminded_in_time")),
    ]
