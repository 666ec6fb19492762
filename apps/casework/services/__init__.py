"""The officers' verbs."""

from apps.casework.services.asking import ask, drop_question, put_question
from apps.casework.services.deciding import approve, decline, send_back
from apps.casework.services.drawing import allot, allot_review, allot_waiting, close_all
from apps.casework.services.looking import look
from apps.casework.services.recommending import judge_line, recommend, write_note
from apps.casework.services.reviewing import decide_review, recommend_review

__all__ = ["allot", "allot_review", "allot_waiting", "approve", "ask", "close_all", "decide_review", "decline",
           "drop_question", "judge_line", "look", "put_question", "recommend", "recommend_review", "send_back",
           "write_note"]
