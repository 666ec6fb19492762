"""Businesses as the portal knows them: who claims to be which firm, and who acts for it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from apps.businesses import contents, rules


class Identity(models.Model):
    """What the ceiling is keyed on: one row for a BRN or hawker licence, shared by its claimants.

    `value` is normalised (rules.parse_brn, rules.parse_licence); a row never changes.
    """

    class Kind(models.TextChoices):
        BRN = "brn", _("Business registration number")
        LICENCE = "licence", _("Hawker licence")

    kind = models.CharField(max_length=8, choices=Kind.choices)
    value = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "value"], name="identity_once"),
            models.CheckConstraint(
                name="identity_well_formed",
                condition=Q(kind="brn", value__regex=rules.BRN) | Q(kind="licence", value__regex=rules.LICENCE),
            ),
        ]

    def __str__(self):
        return self.key

    @property
    def key(self) -> str:
        """ "brn:12345678", as the ledger and the audit trail write it."""
        return f"{self.kind}:{self.value}"


class OrganisationQuerySet(models.QuerySet):
    def of(self, account):
        """Organisations that this account acts for today."""
        return self.filter(memberships__account=account, memberships__until=None)

    def businesses(self):
        return self.filter(kind=Organisation.Kind.SME)

    def providers(self):
        return self.filter(kind=Organisation.Kind.PROVIDER)

    def proven_under(self, identity_id):
        """Claims of this identity that are proven; one person holds them all."""
        return self.businesses().filter(identity=identity_id, proven_at__isnull=False)

    def with_identities(self):
        return self.select_related("identity", "licence", "sector")


class Organisation(models.Model):
    """One claimant's firm: several may point to one identity, and none learns of another.

    `identity` is what the ceiling follows: the BRN, or a hawker's licence where there is no
    BRN. `licence` stands beside it for every hawker. Names and address are kept as typed.
    """

    class Kind(models.TextChoices):
        SME = "sme", _("Business")
        PROVIDER = "provider", _("Solution provider")

    class LegalForm(models.TextChoices):
        COMPANY = "company", _("Limited company")
        SOLE_TRADER = "sole_trader", _("Sole proprietorship (one owner, no company)")
        PARTNERSHIP = "partnership", _("Partnership")
        BRANCH = "branch", _("Branch of a business")
        HAWKER = "hawker", _("Hawker with a fixed-pitch licence")

    class ProvenHow(models.TextChoices):
        POSTED_CODE = "posted_code", _("A code posted to the registered address")
        SEEN = "seen", _("An officer has seen the owner")
        SIGN_IN = "sign_in", _("A digital identity")

    reference = models.CharField(max_length=24, unique=True)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    legal_form = models.CharField(max_length=12, choices=LegalForm.choices)
    name_en = models.CharField(max_length=200, blank=True)
    name_zh = models.CharField(max_length=200, blank=True)

    identity = models.ForeignKey(Identity, models.PROTECT, null=True, related_name="organisations")
    brn_branch = models.CharField(max_length=3, blank=True)
    br_expires_on = models.DateField(null=True)

    licence = models.ForeignKey(Identity, models.PROTECT, null=True, related_name="+")
    licence_category = models.CharField(max_length=100, blank=True)
    licence_expires_on = models.DateField(null=True)
    pitch = models.CharField(max_length=100, blank=True)
    in_building = models.BooleanField(default=False)

    sector = models.ForeignKey("programme.Sector", models.PROTECT, null=True, related_name="+")

    district = models.CharField(max_length=3, choices=contents.DISTRICT_CHOICES, blank=True)
    street_or_estate = models.CharField(max_length=200, blank=True)
    building = models.CharField(max_length=200, blank=True)
    floor = models.CharField(max_length=20, blank=True)
    flat = models.CharField(max_length=20, blank=True)

    contact_name = models.CharField(max_length=100, blank=True)
    contact_phone = models.CharField(max_length=16, blank=True)
    contact_email = models.EmailField(blank=True)

    proven_at = models.DateTimeField(null=True)
    proven_how = models.CharField(max_length=16, choices=ProvenHow.choices, blank=True)
    proven_owner = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    proven_by = models.ForeignKey(
        "accounts.Person",
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="Who saw the owner, or posted the code",
    )
    added_at = models.DateTimeField()

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="organisation_named", condition=~Q(name_en="", name_zh="")),
            models.CheckConstraint(name="organisation_kind_known", condition=Q(kind__in=["sme", "provider"])),
            models.CheckConstraint(
                name="organisation_legal_form_known",
                condition=Q(legal_form__in=rules.LEGAL_FORMS),
            ),
            # Which kind of identity each form needs spans two tables: migration 0002 guards it.
            models.CheckConstraint(
                name="organisation_sme_identified",
                condition=Q(kind="provider") | Q(identity__isnull=False),
            ),
            models.CheckConstraint(
                name="organisation_hawker_licensed",
                condition=Q(
                    legal_form="hawker",
                    kind="sme",
                    licence__isnull=False,
                    licence_expires_on__isnull=False,
                )
                | (
                    ~Q(legal_form="hawker")
                    & Q(licence__isnull=True, licence_expires_on__isnull=True)
                    & Q(licence_category="", pitch="", in_building=False)
                ),
            ),
            models.CheckConstraint(
                name="organisation_branch_numbered",
                condition=(~Q(legal_form="branch") & Q(brn_branch__regex=rules.BRANCH_OR_NONE))
                | (Q(legal_form="branch", brn_branch__regex=rules.BRANCH) & ~Q(brn_branch="000")),
            ),
            models.CheckConstraint(
                name="organisation_district_known",
                condition=Q(district__in=["", *contents.DISTRICTS]),
            ),
            models.CheckConstraint(
                name="organisation_phone_shape",
                condition=Q(contact_phone="") | Q(contact_phone__regex=rules.PHONE),
            ),
            # That one person alone holds an identity spans rows: migration 0004 guards it.
            models.CheckConstraint(
                name="organisation_proof_whole",
                condition=Q(proven_at=None, proven_how="", proven_owner=None, proven_by=None)
                | (
                    Q(kind="sme", proven_at__isnull=False, proven_owner__isnull=False)
                    & (Q(proven_how="sign_in", proven_by=None) | Q(proven_how__in=rules.PROVEN_BY_OFFICER))
                    & (Q(proven_by=None) | ~Q(proven_by=F("proven_owner")))
                ),
            ),
            models.CheckConstraint(
                name="organisation_proof_has_its_officer",
                condition=~Q(proven_how__in=rules.PROVEN_BY_OFFICER) | Q(proven_by__isnull=False),
            ),
        ]

    def __str__(self):
        return self.reference

    @property
    def name(self) -> str:
        """The name in the reader's script where there is one, else the other."""
        chinese = (get_language() or "en").startswith("zh")
        first, other = (self.name_zh, self.name_en) if chinese else (self.name_en, self.name_zh)
        return first or other

    @property
    def name_language(self) -> str:
        """The `lang` of `name`."""
        return "zh-hant" if self.name == self.name_zh else "en"

    @property
    def identities(self) -> tuple[str, ...]:
        """Keys of everything the ceiling counts under this firm: BRN first, then licence."""
        return tuple(dict.fromkeys(one.key for one in (self.identity, self.licence) if one))

    @property
    def is_proven(self) -> bool:
        return self.proven_at is not None

    @property
    def region(self) -> str:
        """hk, kl or nt; empty where no district is known."""
        return contents.DISTRICTS[self.district].region if self.district else ""

    def address_lines(self, language: str = "en") -> list[str]:
        """Non-empty lines: small to large in English, large to small in Chinese (U24).

        What people typed stays as typed; only the district's name is ours.
        """
        rooms = [self.flat, self.floor]
        lines = [" ".join(filter(None, rooms)), self.building, self.street_or_estate]
        lines.append(contents.district_name(self.district, language))
        if language != "en":
            lines[0] = " ".join(filter(None, reversed(rooms)))
            lines.reverse()
        return [line for line in lines if line]

    def members(self, *roles):
        """Memberships of today, in these roles (all of them when none is named)."""
        current = self.memberships.current().select_related("account")
        return current.filter(role__in=roles) if roles else current


class MembershipQuerySet(models.QuerySet):
    def current(self):
        return self.filter(until=None)


class Membership(models.Model):
    """One account acts for one organisation in one role, from a moment, until another."""

    class Role(models.TextChoices):
        OWNER = "owner", _("Owner")
        PREPARER = "preparer", _("Preparer")
        PROVIDER_OWNER = "provider_owner", _("Provider's owner")
        PROVIDER_EDITOR = "provider_editor", _("Provider's editor")
        PROVIDER_REPLIER = "provider_replier", _("Answers enquiries")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = models.CharField(max_length=16, choices=Role.choices)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="membership_one_current",
                fields=["organisation", "account"],
                condition=Q(until=None),
            ),
            models.CheckConstraint(name="membership_role_known", condition=Q(role__in=rules.ROLES)),
            models.CheckConstraint(
                name="membership_ends_after_start",
                condition=Q(until=None) | Q(until__gte=F("since")),
            ),
        ]

    def __str__(self):
        return f"{self.role} of {self.organisation_id}"
