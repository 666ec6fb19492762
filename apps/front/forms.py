"""What anybody may type before applying: a price, and the questions of the eligibility check."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import dates
from apps.core.fields import HeadcountField, MoneyField
from apps.core.forms import PortalForm
from apps.core.said import language, listed, nearest
from apps.front import contents, rules
from apps.funding.calculation import AwardRefused, Line, Monthly, award
from apps.programme import working
from apps.programme.models import HeadcountTest, Sector

ONCE, MONTHLY = "once", "monthly"


class EstimateForm(PortalForm):
    """The price of a package that somebody has in mind; reckoned as an award is (U05)."""

    form_method = "get"
    submit_label = gettext_lazy("Work it out")

    price = MoneyField(label=gettext_lazy("Price of the basic package"))
    how = forms.ChoiceField(
        label=gettext_lazy("How is it paid?"),
        required=False,
        widget=forms.RadioSelect,
        choices=[(ONCE, gettext_lazy("Once")), (MONTHLY, gettext_lazy("Every month"))],
    )
    months = forms.IntegerField(label=gettext_lazy("If every month: for how many months?"), required=False)
    options = MoneyField(
        label=gettext_lazy("Optional features, all together"),
        required=False,
        help_text=gettext_lazy("Leave this empty if you want none."),
    )

    # What the calculation calls its lines, and where they are typed.
    TYPED_IN = {"monthly": "price", "option": "options"}

    def __init__(self, data=None, *, terms):
        self.terms = terms
        usual = {"how": ONCE, "months": terms.subscription_months}
        super().__init__({**usual, **data.dict()} if data else None, initial=usual)
        self.fields["months"].width = 3

    def clean(self):
        self.award = None
        data = super().clean()
        if not self.errors:
            try:
                self.award = award(self._basic(data), self._options(data), terms=self.terms)
            except AwardRefused as refused:
                self.add_error(self.TYPED_IN.get(refused.field, refused.field), working.refusal(refused))
        return data

    def _basic(self, data):
        if data["how"] != MONTHLY:
            return Line("basic", data["price"])
        months = data["months"]
        return Monthly("basic", data["price"], self.terms.subscription_months if months is None else months)

    def _options(self, data):
        return [Line("option:1", data["options"])] if data["options"] else []


class QuestionForm(PortalForm):
    """One question of the eligibility check, on a page of its own."""

    form_method = "get"

    def __init__(self, data=None, *, question, initial=None):
        self.question = question
        super().__init__(data, initial=initial)
        _FIELDS[question.kind](self, question)

    def clean(self):
        data = super().clean()
        if self.question.key == "group" and not self.errors:
            if data["group"] != contents.YES:
                data["group_full_time"] = None
            elif data["group_full_time"] is None:
                self.add_error("group_full_time", _("Enter a number of people, 0 if there are none"))
        return data

    def words(self):
        """The answer as its reader said it."""
        told = [(self.fields[name], value) for name, value in self.cleaned_data.items() if value is not None]
        return listed(_shown(field, value) for field, value in told)


class PeopleField(HeadcountField):
    """A number of people, or "unsure"."""

    width = 5

    def to_python(self, value):
        return value if value == contents.UNSURE else super().to_python(value)


def _shown(field, value):
    if value == contents.UNSURE:
        return contents.UNSURE_WORDS
    return dict(field.choices)[value] if isinstance(field, forms.ChoiceField) else value


def _choose(form, question, choices):
    words = _("Choose an answer. If you do not know, choose “I am not sure”.")
    form.fields[question.key] = forms.ChoiceField(
        label=question.wording,
        help_text=question.hint,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": words, "invalid_choice": words},
    )


def _registered(form, question):
    _choose(form, question, contents.REGISTRATIONS)


def _yes_no(form, question):
    _choose(form, question, contents.YES_NO_UNSURE)
    if question.key == "group":
        others = contents.GROUP_COUNT
        form.fields[others.key] = HeadcountField(label=others.wording, required=False)
        form.fields[others.key].width = 5


def _sector(form, question):
    sectors = [(one.code, nearest(one, "name")[0]) for one in Sector.objects.in_force(dates.today())]
    _choose(form, question, [*sectors, contents.OTHER_SECTOR, (contents.UNSURE, contents.UNSURE_WORDS)])


def _count(form, question):
    between = " " if language() == "en" else ""
    words = nearest(HeadcountTest.objects.on(dates.today()), "text")[0]
    form.fields[question.key] = PeopleField(label=question.wording, help_text=f"{question.hint}{between}{words}")


_FIELDS = {"registered": _registered, "yes_no": _yes_no, "sector": _sector, "count": _count}


def walk(data, again=""):
    """(forms answered, form to ask next or None) from a query's or a form's answers.

    Only the questions that apply to those answers are asked. The question called `again` is
    asked anew, with its answer in it; what was answered after it stays.
    """
    answered, ask, said = [], None, {}
    for question in contents.QUESTIONS:
        if question not in rules.questions_for(said):
            continue
        form = QuestionForm(data if question.key in data else None, question=question)
        if form.is_valid():
            said |= form.cleaned_data
            answered.append(form)
        if ask is None and (not form.is_valid() or question.key == again):
            ask = QuestionForm(question=question, initial=form.cleaned_data) if form.is_valid() else form
    return answered, ask
