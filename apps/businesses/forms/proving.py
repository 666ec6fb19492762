"""What is asked where a business is proven: of its owner, and of the officer at the counter."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.businesses import rules
from apps.businesses.fields import RegistrationField
from apps.businesses.models import CodeLetter
from apps.core import dates
from apps.core.forms import Choice, PortalForm
from apps.core.said import date_words, mark


class CodeForm(PortalForm):
    """The code of our letter. Posted, so that no log keeps it."""

    submit_label = _("Prove the business")
    code = forms.CharField(
        label=_("Code in our letter"),
        max_length=40,
        help_text=_("8 characters, with or without the hyphen"),
        error_messages={"required": _("Type in the 8 characters of the code")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.width = 10
        field.widget.attrs |= {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


class PrintForm(PortalForm):
    """Which letters to print, and the officer's word that each was compared."""

    submit_label = _("Print them as one PDF")
    letters = forms.MultipleChoiceField(
        label=_("Letters to print"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose the letters to print")},
    )
    compared = forms.BooleanField(
        label=_("I compared the number, name and address of each with the register"),
        error_messages={"required": _("Compare each with the register first, then tick this")},
    )

    def __init__(self, *args, letters, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["letters"].choices = [(one.reference, _letter_choice(one)) for one in letters]


def _letter_choice(letter):
    names = " ".join(filter(None, [letter.name_zh, letter.name_en]))
    lines = [letter.organisation.identity.value, names, mark("comma").join(letter.address)]
    if letter.printed_at:
        printed = _("Printed on %(day)s. A new code makes the old one void.")
        lines.append(printed % {"day": date_words(dates.hong_kong_day(letter.printed_at), "short")})
    return Choice(letter.reference, hint=" · ".join(map(str, lines)))


class RefuseForm(PortalForm):
    submit_label = _("Do not post this letter")
    warning = True
    why = forms.ChoiceField(
        label=_("What differs from the register?"),
        widget=forms.RadioSelect,
        choices=[(why.value, why.label) for why in CodeLetter.REFUSALS],
        error_messages={"required": _("Choose what differs from the register")},
    )


class ClaimsForm(PortalForm):
    submit_label = _("Look up")
    registration = RegistrationField(
        label=_("BR number or hawker licence"),
        max_length=40,
        error_messages={"required": _("Enter the number on the paper in front of you")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["registration"].width = 20


_PAPERS = {
    "id_document": _("An identity document with this owner’s name and face"),
    "certificate": _("The Business Registration Certificate, the paper itself, in force"),
    "licence": _("The hawker licence, the paper itself, in force"),
}


class SeenForm(PortalForm):
    """Which owner came, and which papers were in the officer's hand. No number of them is kept."""

    submit_label = _("Record that I saw this owner")
    owner = forms.ChoiceField(
        label=_("Who stood before you?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who stood before you")},
    )
    papers = forms.MultipleChoiceField(
        label=_("What did you hold in your hand?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick what you saw. Copy no identity document and write down no number of one."),
        error_messages={"required": _("Tick the papers that you saw")},
    )

    def __init__(self, *args, organisation, **kwargs):
        super().__init__(*args, **kwargs)
        self.owners = {str(member.pk): member.account for member in organisation.members("owner")}
        self.fields["owner"].choices = [(key, account.person.full_name) for key, account in self.owners.items()]
        self.fields["papers"].choices = [
            (code, _PAPERS[code]) for code in rules.PAPERS_SEEN[organisation.identity.kind]
        ]

    def given(self) -> dict:
        return {"owner": self.owners[self.cleaned_data["owner"]], "papers": self.cleaned_data["papers"]}
