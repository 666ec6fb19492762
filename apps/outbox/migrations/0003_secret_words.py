"""Codes and opening links leave the table once they are handed over or over."""

from datetime import timedelta

from django.db import migrations, models
from django.db.models import F, Q


def say_what_ends(apps, schema_editor):
    """Messages of before: a code lasts ten minutes, an officer's first link seven days."""
    messages = apps.get_model("outbox", "Message").objects
    ends = (("code:", timedelta(minutes=10)), ("STF-", timedelta(days=7)))
    for beginning, lasts in ends:
        messages.filter(key__startswith=beginning).update(secret_until=F("created_at") + lasts)


class Migration(migrations.Migration):
    dependencies = [("outbox", "0002_queue")]

    operations = [
        migrations.AddField("message", "secret_until", models.DateTimeField(null=True)),
        migrations.AddField("message", "removed_at", models.DateTimeField(null=True)),
        migrations.RunPython(say_what_ends, migrations.RunPython.noop),
        migrations.RemoveConstraint("message", "message_handed_over_has_its_time"),
        migrations.AddConstraint(
            "message",
            models.CheckConstraint(
                condition=Q(state="handed_over", handed_over_at__isnull=False)
                | Q(state__in=["pending", "failed", "expired"], handed_over_at__isnull=True),
                name="message_handed_over_has_its_time",
            ),
        ),
        migrations.AddConstraint(
            "message",
            models.CheckConstraint(
                condition=~Q(state="expired") | Q(removed_at__isnull=False),
                name="message_expired_without_its_words",
            ),
        ),
        migrations.AddIndex(
            "message",
            models.Index(
                fields=["secret_until"],
                condition=Q(secret_until__isnull=False, removed_at__isnull=True),
                name="message_secret",
            ),
        ),
    ]
