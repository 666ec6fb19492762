"""The forms of browsing, of asking, and of answering."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.catalogue import rules
from apps.catalogue.contents import LANGUAGES
from apps.core.fields import MoneyField, TextField
from apps.core.forms import Choice, PortalForm
from apps.core.said import nearest

PRICINGS = {rules.ONE_OFF: _("Paid once"), rules.MONTHLY: _("Paid by the month")}


def _any_of(words, pairs):
    return [("", words), *pairs]


class FilterForm(PortalForm):
    """What to look for. An answer that the list does not know filters nothing."""

    form_method = "get"
    submit_label = _("Show packages")

    q = TextField(label=_("Search"), required=False, max_length=100)
    category = forms.ChoiceField(label=_("Category"), required=False)
    sector = forms.ChoiceField(label=_("Sector"), required=False)
    most = MoneyField(label=_("Basic price at most"), required=False)
    pricing = forms.ChoiceField(
        label=_("How it is paid"),
        required=False,
        choices=_any_of(_("Either way"), PRICINGS.items()),
    )
    language = forms.ChoiceField(
        label=_("Support in"), required=False, choices=_any_of(_("Any language"), LANGUAGES.items())
    )

    def __init__(self, data, *, categories, sectors):
        super().__init__(data)
        for name, rows, words in (
            ("category", categories, _("All categories")),
            ("sector", sectors, _("All sectors")),
        ):
            self.fields[name].choices = _any_of(words, [(row.code, nearest(row, "name")[0]) for row in rows])
        for field in self.fields.values():
            field.optional_shown = False

    def wishes(self) -> dict:
        """What filters.matching understands, without what was not understood."""
        self.is_valid()
        wishes = dict(self.cleaned_data)
        wishes["most_cents"] = wishes.pop("most", None)
        return wishes


class OptionsForm(PortalForm):
    """The options of a version, ticked on and off; the page has the button that updates the sum."""

    form_method = "get"
    submit_label = ""

    option = forms.MultipleChoiceField(label=_("Options"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, data, *, options):
        super().__init__(data)
        self.options = list(options)
        self.fields["option"].choices = [
            (str(one.pk), Choice(nearest(one, "name")[0], price_cents=one.price_cents)) for one in self.options
        ]
        self.fields["option"].optional_shown = False
        self.helper.form_id = "choose"

    def chosen(self):
        """The options ticked; an option that the version does not have is passed over."""
        wanted = set(self.data.getlist("option"))
        return [one for one in self.options if str(one.pk) in wanted]


class EnquiryForm(PortalForm):
    """Ask a provider. The options stand on the page and travel along hidden."""

    submit_label = _("Send enquiry")

    organisation = forms.ChoiceField(label=_("For which business?"), widget=forms.RadioSelect)
    message = TextField(
        label=_("Anything the provider must know"),
        required=False,
        lines=True,
        max_length=1000,
        help_text=_("For example, how many branches you have. Do not give papers or identity card numbers."),
    )

    def __init__(self, data=None, *, organisations):
        super().__init__(data, initial={"organisation": organisations[0].reference})
        self.organisations = {one.reference: one for one in organisations}
        self.fields["organisation"].choices = [(one.reference, one.name) for one in organisations]

    def organisation_chosen(self):
        return self.organisations[self.cleaned_data["organisation"]]


class ConfirmForm(PortalForm):
    """The provider's promise."""

    submit_label = _("Confirm and promise this price")

    no_deposit = forms.BooleanField(
        label=_("We take no deposit and have nothing signed before the programme approves"),
        error_messages={"required": _("Tick the promise to take no deposit before approval, or decline the enquiry")},
    )


class DeclineForm(PortalForm):
    """Why not; the business reads these words."""

    submit_label = _("Decline this enquiry")

    reason = TextField(
        label=_("Why can you not supply it?"),
        lines=True,
        max_length=1000,
        help_text=_("The business reads these words."),
        error_messages={"required": _("Say why, so that the business can look for another package")},
    )
