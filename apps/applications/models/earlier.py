from django.db import models


class EarlierAnswers(models.Model):
    """What somebody answered in the eligibility check and chose to apply with.

    {question key: value} of the check. Her next draft uses them up: between the check and
    the draft lie the provider's days, which no session outlives.
    """

    account = models.OneToOneField("accounts.Account", models.CASCADE, related_name="+")
    answers = models.JSONField()
    answered_at = models.DateTimeField()

    def __str__(self):
        return f"answers of {self.account_id}"
