from django.db import models


class Hold(models.Model):
    """That a case is held, and until when the next word comes. Why, and by whom, stands above."""

    number = models.CharField(max_length=24, unique=True)
    application = models.ForeignKey("applications.Application", models.PROTECT, related_name="holds")
    since = models.DateTimeField()
    next_word_on = models.DateField()
    closed_at = models.DateTimeField(null=True)
