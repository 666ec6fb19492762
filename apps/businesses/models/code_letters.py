from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from apps.businesses import rules


class CodeLetterQuerySet(models.QuerySet):
    def waiting(self):
        """Asked for and not yet printed, the oldest first."""
        return self.filter(printed_at=None, ended_at=None).order_by("asked_at", "pk")

    def posted(self):
        """Printed, and neither used nor ended."""
        return self.filter(printed_at__isnull=False, used_at=None, ended_at=None).order_by("printed_at", "pk")


class CodeLetter(models.Model):
    """One letter with a code, to the registered address of a claimed business.

    Names and address are those of the moment it was asked for. The code itself is kept
    nowhere: made when the letter is printed, known here by its digest, good once.
    """

    class Ended(models.TextChoices):
        REPLACED = "replaced", _("Another letter was asked for")
        PROVEN = "proven", _("The business was proven in another way")
        ADDRESS = "address", _("The address is not the one on the certificate")
        NAME = "name", _("The name is not the one on the certificate")
        NUMBER = "number", _("The register does not know this number")

    reference = models.CharField(max_length=24, unique=True)
    organisation = models.ForeignKey("businesses.Organisation", models.PROTECT, related_name="code_letters")
    name_en = models.CharField(max_length=200, blank=True)
    name_zh = models.CharField(max_length=200, blank=True)
    address_en = models.TextField(help_text="Lines, small to large")
    address_zh = models.TextField(help_text="Lines, large to small")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    printed_at = models.DateTimeField(null=True)
    printed_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    digest = models.CharField(max_length=64, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=8, choices=Ended.choices, blank=True)

    # What an officer may find, before anything is posted.
    REFUSALS = (Ended.ADDRESS, Ended.NAME, Ended.NUMBER)

    objects = CodeLetterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="code_letter_one_open",
                fields=["organisation"],
                condition=Q(used_at=None, ended_at=None),
            ),
            models.CheckConstraint(
                name="code_letter_printed_whole",
                condition=Q(printed_at=None, printed_by=None, digest="", used_at=None)
                | (Q(printed_at__isnull=False, printed_by__isnull=False) & ~Q(digest="")),
            ),
            models.CheckConstraint(name="code_letter_tries", condition=Q(tries__lte=rules.CODE_TRIES)),
            models.CheckConstraint(
                name="code_letter_ended_whole",
                condition=Q(ended_at=None, ended_why="") | (Q(ended_at__isnull=False, used_at=None) & ~Q(ended_why="")),
            ),
            models.CheckConstraint(
                name="code_letter_used_after_printing", condition=Q(used_at=None) | Q(used_at__gte=F("printed_at"))
            ),
        ]

    def __str__(self):
        return self.reference

    @property
    def address(self) -> list[str]:
        """Its lines, the district in the reader's language."""
        text = self.address_zh if (get_language() or "en").startswith("zh") else self.address_en
        return text.splitlines()

    @property
    def lasts_until(self):
        """The last instant of the code of a printed letter."""
        return self.printed_at + rules.CODE_LASTS

    def has_run_out(self, now) -> bool:
        """Whether a printed code opens no more: too old, or tried too often."""
        return self.printed_at is not None and (self.lasts_until <= now or self.tries >= rules.CODE_TRIES)
