"""The verbs of an application. Pages and casework call these, and nothing else writes."""

from apps.applications.services.asking import answer, ask, close, remind_of_questions, reopen, write_words
from apps.applications.services.deciding import allot, decide, recommend, send_back
from apps.applications.services.drafting import add_owner, asked_sections, remove_owner, save_section, start
from apps.applications.services.earlier import keep_answers
from apps.applications.services.ending import withdraw
from apps.applications.services.funding import fund_next
from apps.applications.services.holds import close_hold, open_hold, set_next_word
from apps.applications.services.offers import accept, accept_act, lapse, remind
from apps.applications.services.papers import add_document, remove_document
from apps.applications.services.reinstating import reinstate
from apps.applications.services.reviews import ask_for_review, change, uphold, withdraw_review
from apps.applications.services.submission import submit

__all__ = [
    "accept",
    "accept_act",
    "add_document",
    "add_owner",
    "allot",
    "answer",
    "ask",
    "ask_for_review",
    "asked_sections",
    "change",
    "close",
    "close_hold",
    "decide",
    "fund_next",
    "keep_answers",
    "lapse",
    "open_hold",
    "recommend",
    "reinstate",
    "remind",
    "remind_of_questions",
    "remove_document",
    "remove_owner",
    "reopen",
    "save_section",
    "send_back",
    "set_next_word",
    "start",
    "submit",
    "uphold",
    "withdraw",
    "withdraw_review",
    "write_words",
]
