"""The application form as data: its sections, and each question's wording, kind and reach.

Forms, the task list, the check page and the record of submission are all made from this
table. Changing a wording or adding a question is a change here, with FORM_VERSION.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

FORM_VERSION = "2026.2"


@dataclass(frozen=True)
class Question:
    key: str
    kind: str  # yes_no, sector, count, text, owners, agree
    wording: object
    hint: object = ""
    hawkers: bool = True  # asked of hawkers too
    only_if: tuple = ()  # (key, answer) of the question that opens this one


@dataclass(frozen=True)
class Section:
    slug: str
    title: object
    questions: tuple = ()
    lead: object = ""


YES, NO = "yes", "no"

BUSINESS = Section(
    "business",
    _("Your business and sector"),
    (
        Question(
            "sector",
            "sector",
            _("Which sector does the business work in?"),
            _("The one most of its income comes from."),
        ),
        Question(
            "operating",
            "yes_no",
            _("Is the business operating in Hong Kong now?"),
            _("It serves customers, has sales and can show it. A company on paper only is not operating."),
        ),
        Question(
            "excluded_body",
            "yes_no",
            _("Is it listed in Hong Kong, a statutory body, or funded by the Government?"),
            _("Listed means its shares are traded on the stock exchange."),
            hawkers=False,
        ),
    ),
)

STAFF = Section(
    "staff",
    _("People who work for you"),
    (
        Question(
            "full_time",
            "count",
            _("How many full-time employees does the business have?"),
            _("Count nobody who works part-time. Do not count yourself if you are the owner."),
        ),
        Question(
            "group",
            "yes_no",
            _("Is the business part of a group of companies?"),
            _("For example, the same people own another company."),
            hawkers=False,
        ),
        Question(
            "group_full_time",
            "count",
            _("If it is, how many full-time employees do the other companies of the group have together?"),
            hawkers=False,
            only_if=("group", YES),
        ),
    ),
)

OWNERS = Section(
    "owners",
    _("Owners"),
    (
        Question(
            "owners",
            "owners",
            _("Who owns %(threshold)s%% of the business or more?"),
            _("One owner is enough for a sole trader or a hawker."),
        ),
    ),
)

PACKAGE = Section(
    "package",
    _("The package"),
    (
        Question(
            "other_funding",
            "yes_no",
            _("Has the business asked for, or received, other public money for the same package?"),
        ),
        Question(
            "already_paid",
            "yes_no",
            _("Have you already paid for it, or signed a contract?"),
            _("A deposit counts as paying."),
        ),
        Question(
            "purpose",
            "text",
            _("What will the package change in your business?"),
            _("One or two sentences in any language."),
        ),
    ),
)

DOCUMENTS = Section("documents", _("Documents"))

DECLARATIONS = Section(
    "declarations",
    _("Declarations"),
    (
        Question(
            "true",
            "agree",
            _(
                "What I have written is true and complete. I know that a false statement can lead to "
                "refusal, to paying the money back and to prosecution."
            ),
        ),
        Question("own_words", "agree", _("I apply for my own business. Nobody offered me money or a gift to apply.")),
        Question(
            "no_relation", "agree", _("The business is not related to the provider: no shared owner, no family tie.")
        ),
        Question(
            "personal_data",
            "agree",
            _(
                "The secretariat may use these answers to check and decide this application, "
                "and compare them with public registers."
            ),
        ),
    ),
    lead=_("Read each sentence and tick it if it is true. These have consequences."),
)

SECTIONS = (BUSINESS, STAFF, OWNERS, PACKAGE, DOCUMENTS, DECLARATIONS)
BY_SLUG = {section.slug: section for section in SECTIONS}


def questions_for(section, *, hawker, answers):
    """The questions that apply: to this kind of applicant, with these answers so far."""
    return tuple(
        question
        for question in section.questions
        if (question.hawkers or not hawker)
        and (not question.only_if or answers.get(question.only_if[0]) == question.only_if[1])
    )
