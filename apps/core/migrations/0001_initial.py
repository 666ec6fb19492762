from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE core_reference_number MINVALUE 1", "DROP SEQUENCE core_reference_number"),
        migrations.CreateModel(
            name="Demonstration",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField()),
            ],
            options={"constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="demonstration_one_row")]},
        ),
        migrations.CreateModel(
            name="Reference",
            fields=[
                ("reference", models.CharField(max_length=24, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=8)),
                ("year", models.PositiveSmallIntegerField()),
                ("number", models.PositiveIntegerField()),
                ("issued_at", models.DateTimeField()),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("kind", "year", "number"), name="reference_number_once")]},
        ),
    ]
