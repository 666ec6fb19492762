"""The forms of an application, made from its sections."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.applications import rules, sections
from apps.core.fields import HeadcountField, TextField
from apps.core.forms import PortalForm
from apps.core.said import nearest
from apps.programme.models import Sector

YES_NO = [(sections.YES, gettext_lazy("Yes")), (sections.NO, gettext_lazy("No"))]


class SectionForm(PortalForm):
    """One page of the application: the questions of a section, as they apply to this business."""

    submit_label = gettext_lazy("Save and continue")
    later_label = gettext_lazy("Save and come back later")

    def __init__(self, *args, section, hawker, answers, **kwargs):
        self.section, self.hawker, self.answers = section, hawker, answers
        kwargs.setdefault("initial", answers)
        self.questions = self._asked()
        super().__init__(*args, **kwargs)
        for question in self.questions:
            self.take(question.key, _FIELDS[question.kind](question))
            self.fields[question.key].optional_shown = False
        self.__dict__.pop("helper", None)

    def _asked(self):
        """Every question that could apply: what one answer opens stands on the same page."""
        return [q for q in self.section.questions if q.hawkers or not self.hawker]

    def clean(self):
        for question in self.questions:
            if question.only_if and self.cleaned_data.get(question.only_if[0]) != question.only_if[1]:
                self.cleaned_data[question.key] = None
                self.errors.pop(question.key, None)
        return self.cleaned_data


def _yes_no(question):
    return forms.ChoiceField(label=question.wording, help_text=question.hint, choices=YES_NO, widget=forms.RadioSelect)


def _sector(question):
    choices = [(sector.code, nearest(sector, "name")[0]) for sector in Sector.objects.all()]
    return forms.ChoiceField(label=question.wording, help_text=question.hint, choices=choices, widget=forms.RadioSelect)


def _count(question):
    field = HeadcountField(label=question.wording, help_text=question.hint, required=not question.only_if)
    field.width = 5
    return field


def _text(question):
    return TextField(label=question.wording, help_text=question.hint, lines=True, max_length=600)


def _agree(question):
    return forms.BooleanField(
        label=question.wording,
        error_messages={"required": _("Tick this sentence if it is true. Without it the application cannot go on.")},
    )


_FIELDS = {"yes_no": _yes_no, "sector": _sector, "count": _count, "text": _text, "agree": _agree}


class OwnerForm(PortalForm):
    """One owner: the name as on the identity document, and the share in whole percent."""

    submit_label = gettext_lazy("Add this owner")
    submit_name = "add"
    name = TextField(
        label=gettext_lazy("Owner’s full name"),
        max_length=120,
        help_text=gettext_lazy("In Chinese or English, as on the identity document."),
    )
    share = HeadcountField(
        label=gettext_lazy("Share of the business, in percent"),
        help_text=gettext_lazy("For example 100 for a sole owner."),
    )

    def __init__(self, *args, owners, threshold, **kwargs):
        self.owners, self.threshold = owners, threshold
        super().__init__(*args, **kwargs)

    def clean_share(self):
        share = self.cleaned_data["share"]
        if not 1 <= share <= 100:
            raise forms.ValidationError(_("Enter a share from 1 to 100"))
        if share < self.threshold:
            raise forms.ValidationError(
                _("Leave out owners with less than %(threshold)s%%") % {"threshold": self.threshold}
            )
        return share

    def clean(self):
        data = self.cleaned_data
        if "name" in data and "share" in data:
            new = {"name": data["name"], "share": data["share"]}
            others = [owner for owner in self.owners if not rules.same_owner(owner, new)]
            problem = rules.shares_problem([*others, new])
            if problem:
                self.add_error("share", problem)
        return data


class WithdrawForm(PortalForm):
    submit_label = gettext_lazy("Withdraw the application")
    warning = True


class WordsForm(PortalForm):
    """An answer in words, beside or instead of a changed one."""

    submit_label = gettext_lazy("Save")
    words = TextField(
        label=gettext_lazy("Your answer in words"),
        lines=True,
        max_length=2000,
        help_text=gettext_lazy("In any language. Say why where something cannot be given."),
    )


class ReinstateForm(PortalForm):
    submit_label = gettext_lazy("Have the offer back")


class ReopenForm(PortalForm):
    submit_label = gettext_lazy("Reopen the case")


class ReviewForm(PortalForm):
    submit_label = gettext_lazy("Ask for a review")
    grounds = TextField(
        label=gettext_lazy("Why should we decide differently?"),
        lines=True,
        max_length=3000,
        help_text=gettext_lazy("Say which reason you think is wrong, and what shows it. In any language."),
    )


class ConsentForm(PortalForm):
    """What accepting an offer means, to be ticked before signing in again for it."""

    submit_label = gettext_lazy("Accept the offer")
    consent = forms.BooleanField(
        label=gettext_lazy(
            "I accept this offer and its conditions. I will pay the provider myself, have the package in use by the "
            "date in the letter, and then claim."
        ),
        error_messages={
            "required": gettext_lazy("Tick this sentence to accept. To refuse the offer, withdraw instead.")
        },
    )
