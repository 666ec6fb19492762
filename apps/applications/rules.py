"""What is missing, and what stands against it: predicates over plain values."""

from django.utils.translation import gettext_lazy as _

from apps.applications import sections
from apps.programme import rules as programme


def unanswered(section, *, hawker, answers):
    """The questions of a section that apply and have no answer yet."""
    return [
        q
        for q in sections.questions_for(section, hawker=hawker, answers=answers)
        if answers.get(q.key) in (None, "", [])
    ]


def section_done(section, *, hawker, answers, missing_documents):
    if section is sections.DOCUMENTS:
        return not missing_documents
    return not unanswered(section, hawker=hawker, answers=answers)


def sections_to_do(*, hawker, answers, missing_documents):
    """The sections that keep an application from being submitted, in order."""
    return [
        s
        for s in sections.SECTIONS
        if not section_done(s, hawker=hawker, answers=answers, missing_documents=missing_documents)
    ]


# The question under which each rule on eligibility is answered.
_QUESTIONS = {question.key: question for section in sections.SECTIONS for question in section.questions}
_ASKED_AS = {
    "not_public_body": "excluded_body",
    "operating": "operating",
    "employees_below": "full_time",
    "group_counted_together": "full_time",
    "no_other_funding": "other_funding",
    "no_spending_before_approval": "already_paid",
}


def against_eligibility(*, hawker, answers, employees_below):
    """[(question, sentence)] for each answer with which nobody can be eligible.

    The rules are programme.rules'; the sector is not asked of them, since only target sectors can
    be chosen, nor the registration, since a business without one cannot be added.
    """
    said = eligibility_answers(hawker=hawker, answers=answers)
    found = [*programme.about_the_business(said, employees_below=employees_below), *programme.about_the_purchase(said)]
    return [(_QUESTIONS[_ASKED_AS[one.rule]], str(one.words)) for one in found if one.verdict == programme.UNMET]


def eligibility_answers(*, hawker, answers) -> programme.Answers:
    """The form's answers as the programme's rules read them; a hawker belongs to no group."""
    told = {sections.YES: True, sections.NO: False}
    return programme.Answers(
        registered="hawker" if hawker else "brn",
        listed_or_public=told.get(answers.get("excluded_body")),
        operating=told.get(answers.get("operating")),
        full_time=answers.get("full_time"),
        group=False if hawker else told.get(answers.get("group")),
        group_full_time=answers.get("group_full_time"),
        other_funding=told.get(answers.get("other_funding")),
        already_paid=told.get(answers.get("already_paid")),
    )


def head_count(answers):
    """Full-time employees of the business and its group together; None while unanswered.

    Answers in which the group was never asked for are a hawker's.
    """
    return programme.head_count(eligibility_answers(hawker="group" not in answers, answers=answers))


def carried_over(answers, *, hawker):
    """Of the eligibility check's answers those that answer a question of the form, and are sure."""
    yes_no = {
        key: answers[key]
        for key in ("excluded_body", "operating", "group")
        if answers.get(key) in (sections.YES, sections.NO)
    }
    counts = {key: answers[key] for key in ("full_time", "group_full_time") if type(answers.get(key)) is int}
    if yes_no.get("group") != sections.YES:
        counts.pop("group_full_time", None)
    return {key: value for key, value in {**yes_no, **counts}.items() if _QUESTIONS[key].hawkers or not hawker}


def same_owner(one, other):
    """Whether two entries name one owner: case and spacing tell nobody apart."""
    return " ".join(one["name"].casefold().split()) == " ".join(other["name"].casefold().split())


def shares_problem(owners):
    """Why these owners cannot be all true, or None. Shares are whole percent."""
    if sum(owner["share"] for owner in owners) > 100:
        return _("Together the owners hold more than 100%. Correct the shares.")
    return None
