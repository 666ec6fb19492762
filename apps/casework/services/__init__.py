"""The officers' verbs."""

from apps.casework.services.asking import ask, drop_question, put_question
from apps.casework.services.deciding import approve, decline, send_back
from apps.casework.services.drawing import allot, allot_review, allot_waiting, close_all
from apps.casework.services.looking import look
from apps.casework.services.recommending import judge_line, recommend, write_note
from apps.casework.services.reviewing import decide_review, recommend_review
from apps.casework.services.staffing import end_absence, plan_absence, set_load, set_presence
from apps.casework.services.supervising import announce_again, draw_again

__all__ = [
    "allot",
    "allot_review",
    "allot_waiting",
    "announce_again",
    "approve",
    "ask",
    "close_all",
    "decide_review",
    "decline",
    "draw_again",
    "drop_question",
    "end_absence",
    "judge_line",
    "look",
    "plan_absence",
    "put_question",
    "recommend",
    "recommend_review",
    "send_back",
    "set_load",
    "set_presence",
    "write_note",
]
