"""What officers type: reasons, words for the letter, notes; and that it is they, before a decision."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.accounts.forms import ConfirmItIsYou
from apps.applications import sections
from apps.casework.contents import PARTS
from apps.core.fields import DateField, HeadcountField, TextField
from apps.core.forms import Choice, PortalForm
from apps.core.said import language, nearest
from apps.programme.models import QuestionReason, StrikeReason


def reason_choices(**use):
    """The kept list for this use, each with the letter's wording in both its languages."""
    return [
        (reason.code, Choice(nearest(reason, "text")[0], hint=_in_letter(reason)))
        for reason in StrikeReason.objects.filter(**use)
    ]


def _in_letter(reason):
    shown = nearest(reason, "text")[0]
    return " · ".join(words for words in (reason.text_en, reason.text_zh_hant, reason.text_zh_hans) if words != shown)


class OwnWords(PortalForm):
    """Own words for the letter, in both its languages or in neither."""

    words_en = TextField(label=_("In your own words, in English"), lines=True, max_length=600, required=False)
    words_zh = TextField(
        label=_("In your own words, in Chinese"),
        lines=True,
        max_length=600,
        required=False,
        help_text=_("The letter is in both languages, so write both or neither."),
    )

    def clean(self):
        data = super().clean() or self.cleaned_data
        if "words_en" in data and "words_zh" in data and bool(data["words_en"]) != bool(data["words_zh"]):
            self.add_error(
                "words_zh" if data["words_en"] else "words_en", _("Write it in this language too: the letter has both.")
            )
        return data


class StrikeForm(OwnWords):
    submit_label = _("Strike this line")
    reason = forms.ChoiceField(label=_("Why does this line not count?"), widget=forms.RadioSelect)
    field_order = ["reason", "words_en", "words_zh"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = reason_choices(for_lines=True)


class QuestionForm(OwnWords):
    """One thing to ask for; `targets` as services.asking.what_can_be_asked gives them."""

    submit_label = _("Put it on the list")
    secondary = True
    what = forms.ChoiceField(label=_("What do you ask for?"))
    reason = forms.ChoiceField(label=_("Why?"), widget=forms.RadioSelect)
    field_order = ["what", "reason", "words_en", "words_zh"]

    def __init__(self, *args, targets, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = [("", _("Choose one"))] + [
            (f"{section}/{key}", f"{sections.BY_SLUG[section].title} – {title[language().replace('-', '_')]}")
            for (section, key), title in targets.items()
        ]
        self.fields["reason"].choices = [
            (reason.code, Choice(nearest(reason, "text")[0])) for reason in QuestionReason.objects.all()
        ]
        self.fields["words_zh"].help_text = _("The applicant reads one of the two, so write both or neither.")

    def given(self) -> dict:
        """What services.put_question takes, save who asks."""
        data = self.cleaned_data
        section, _slash, question = data["what"].partition("/")
        return {
            "section": section,
            "question": question,
            "reason": data["reason"],
            "words_en": data["words_en"],
            "words_zh": data["words_zh"],
        }


class NoteForm(PortalForm):
    submit_label = _("Keep this note")
    text = TextField(
        label=_("Add a note"),
        lines=True,
        max_length=3000,
        help_text=_("Seen by officers of this case only. It cannot be changed later."),
    )


class Seen(PortalForm):
    """Carries the hash of what the page showed: an act on anything else is refused."""

    seen_sha256 = forms.CharField(required=False, widget=forms.HiddenInput)


class AdviseForm(Seen):
    pass


class RefuseForm(OwnWords, Seen):
    submit_label = _("Recommend refusal")
    reasons = forms.MultipleChoiceField(
        label=_("Why can it not be funded?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one reason for refusing.")},
    )
    field_order = ["reasons", "words_en", "words_zh"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reasons"].choices = reason_choices(for_decline=True)

    def given(self):
        """[(code, words_en, words_zh)]: the words stand with each reason that needs them, else with the first."""
        codes = self.cleaned_data["reasons"]
        needing = set(StrikeReason.objects.filter(code__in=codes, needs_words=True).values_list("code", flat=True))
        bearing = needing or set(codes[:1])
        words = (self.cleaned_data["words_en"], self.cleaned_data["words_zh"])
        return [(code, *(words if code in bearing else ("", ""))) for code in codes]


class DecideForm(ConfirmItIsYou, Seen):
    pass


class DeclineForm(ConfirmItIsYou, RefuseForm):
    """A refusal against the advice needs reasons of the approver's own."""

    submit_label = _("Decline the application")
    warning = True


class ReturnForm(ConfirmItIsYou, Seen):
    submit_label = _("Return to the officer")
    words = TextField(
        label=_("What is to be looked at again?"),
        lines=True,
        max_length=3000,
        help_text=_("Seen by officers of this case only."),
    )


class AnswerForm(PortalForm):
    """A review's answer, as its letter will say it."""

    answer_en = TextField(label=_("Answer to the applicant, in English"), lines=True, max_length=3000)
    answer_zh = TextField(
        label=_("Answer to the applicant, in Chinese"),
        lines=True,
        max_length=3000,
        help_text=_("The letter is in both languages. Answer each ground that was given."),
    )


class ListFilter(PortalForm):
    """The filters of a work list; they stand in its address."""

    form_method = "get"
    submit_label = _("Show")
    q = TextField(label=_("Reference, name, number or phone"), required=False, max_length=80)
    part = forms.ChoiceField(label=_("Your part"), required=False, choices=[("", _("Any")), *PARTS.items()])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.optional_shown = False


class AnnounceForm(PortalForm):
    """How an owner who was not reached hears of the offer: by message, or on paper."""

    submit_label = _("Announce the offer again")
    how = forms.ChoiceField(
        label=_("How does the owner hear of it?"),
        widget=forms.RadioSelect,
        choices=[
            ("message", Choice(_("By a new message"), hint=_("To the contacts that her account has now."))),
            ("paper", Choice(_("The letter was handed over on paper"), hint=_("Give the day and a note below."))),
        ],
        error_messages={"required": _("Choose how the owner hears of the offer")},
    )
    handed_on = DateField(
        label=_("Day on which it was handed over"),
        required=False,
        help_text=_("Only for paper. The days for accepting count from it."),
    )
    note = TextField(
        label=_("Who handed it over, to whom, and where"),
        lines=True,
        max_length=3000,
        required=False,
        help_text=_("Needed for paper. Seen by officers of this case only."),
    )

    def clean(self):
        data = super().clean() or self.cleaned_data
        if data.get("how") == "paper":
            for name in ("handed_on", "note"):
                if name not in self.errors and not data.get(name):
                    self.add_error(name, _("Needed when the letter was handed over on paper."))
        return data

    def given(self):
        """What the verb takes: a message says neither day nor note."""
        on_paper = self.cleaned_data["how"] == "paper"
        return {
            "handed_on": self.cleaned_data["handed_on"] if on_paper else None,
            "note": self.cleaned_data["note"] if on_paper else "",
        }


class LoadForm(PortalForm):
    submit_label = _("Set the load")
    most = HeadcountField(
        label=_("At most so many cases waiting at once"),
        required=False,
        help_text=_("Counts from tomorrow. Leave it empty for no limit."),
    )


class AbsenceForm(PortalForm):
    submit_label = _("Plan the absence")
    first_day = DateField(label=_("First day away"), help_text=_("From tomorrow on, for example 27 3 2027"))
    last_day = DateField(label=_("Last day away"))
