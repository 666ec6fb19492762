"""What is missing, and what stands against it: predicates over plain values."""

from django.utils.translation import gettext_lazy as _

from apps.applications import sections


def unanswered(section, *, hawker, answers):
    """The questions of a section that apply and have no answer yet."""
    return [q for q in sections.questions_for(section, hawker=hawker, answers=answers)
            if answers.get(q.key) in (None, "", [])]


def section_done(section, *, hawker, answers, missing_documents):
    if section is sections.DOCUMENTS:
        return not missing_documents
    return not unanswered(section, hawker=hawker, answers=answers)


def sections_to_do(*, hawker, answers, missing_documents):
    """The sections that keep an application from being submitted, in order."""
    return [s for s in sections.SECTIONS
            if not section_done(s, hawker=hawker, answers=answers, missing_documents=missing_documents)]


def against_eligibility(*, hawker, answers, employees_below):
    """[(question, sentence)] for each answer with which nobody can be eligible."""
    found = []
    for section in sections.SECTIONS:
        for question in sections.questions_for(section, hawker=hawker, answers=answers):
            if question.must_be is not None and answers.get(question.key) not in (None, question.must_be):
                found.append((question, question.otherwise))
    people = head_count(answers)
    if people is not None and people >= employees_below:
        found.append((sections.STAFF.questions[0], _(
            "With %(people)d full-time employees the business is too large: the programme is for businesses "
            "with fewer than %(below)d. Check that part-time staff are not counted.")
            % {"people": people, "below": employees_below}))
    return found


def head_count(answers):
    """Full-time employees of the business and its group together; None while unanswered."""
    own = answers.get("full_time")
    if own is None:
        return None
    return own + ((answers.get("group_full_time") or 0) if answers.get("group") == sections.YES else 0)


def shares_problem(owners):
    """Why these owners cannot be all true, or None. Shares are whole percent."""
    if sum(owner["share"] for owner in owners) > 100:
        return _("Together the owners hold more than 100%. Correct the shares.")
    return None
