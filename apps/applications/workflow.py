"""The life of an application as one table. Plain Python.

Buttons, what may be edited, work lists and the diagram in the README are all read from
here, so a page and the rule behind it cannot disagree. A verb that is not in the table
for the state in which a case stands does not exist.

Source: programme.md, "The life of a case".
"""

from dataclasses import dataclass

DRAFT = "draft"
SUBMITTED = "submitted"
ASSESSING = "assessing"
ASKED = "asked"
DECIDING = "deciding"
WAITING = "waiting_for_funds"
OFFERED = "offered"
ACCEPTED = "accepted"
DECLINED = "declined"
LAPSED = "lapsed"
CLOSED = "closed"
WITHDRAWN = "withdrawn"

STATES = (DRAFT, SUBMITTED, ASSESSING, ASKED, DECIDING, WAITING, OFFERED, ACCEPTED, DECLINED, LAPSED, CLOSED, WITHDRAWN)

APPLICANT, OFFICER, PROVIDER, NOBODY = "applicant", "officer", "provider", "nobody"

# Who holds the pen in each state: whose turn it is, in one word.
PEN = {
    DRAFT: APPLICANT,
    SUBMITTED: OFFICER,
    ASSESSING: OFFICER,
    ASKED: APPLICANT,
    DECIDING: OFFICER,
    WAITING: OFFICER,
    OFFERED: APPLICANT,
    ACCEPTED: PROVIDER,
    DECLINED: NOBODY,
    LAPSED: NOBODY,
    CLOSED: NOBODY,
    WITHDRAWN: NOBODY,
}

# A case in one of these takes the business's one place (programme.md, Who may apply, 5).
LIVE = (DRAFT, SUBMITTED, ASSESSING, ASKED, DECIDING, WAITING, OFFERED, ACCEPTED)
IN_HAND = (SUBMITTED, ASSESSING, ASKED, DECIDING)
COMMITTED = (OFFERED, ACCEPTED)
ENDED = (DECLINED, LAPSED, CLOSED, WITHDRAWN)

# Each state's target, by the name of the term that states its working days; None has no clock.
TARGET = {
    SUBMITTED: "allot_working_days",
    ASSESSING: "assess_working_days",
    ASKED: "answer_working_days",
    DECIDING: "decide_working_days",
}
# The stages that make up our target for a decision; while the applicant is asked our clock stands.
OUR_STAGES = (SUBMITTED, ASSESSING, DECIDING)


@dataclass(frozen=True)
class Move:
    verb: str
    event: str
    origins: tuple
    target: str
    who: str  # owner, member, case_officer, approver, review_decider, supervisor, system
    while_held: bool
    officers_label: str
    applicants_label: str


# A table reads best as one.
# fmt: off
MOVES = (
    Move("save", "application:saved", (DRAFT, ASKED), "", "member", True, "Draft changed", "You saved an answer"),
    Move("submit", "application:submitted", (DRAFT,), SUBMITTED, "owner", False, "Submitted",
         "You submitted the application"),
    Move("allot", "application:allotted", (SUBMITTED,), ASSESSING, "system", True,
         "Case officer drawn", "A case officer was drawn by lot"),
    Move("ask", "application:asked", (ASSESSING,), ASKED, "case_officer", False,
         "Questions asked", "We asked you questions"),
    Move("answer", "application:answered", (ASKED,), ASSESSING, "owner", True,
         "Questions answered", "You answered our questions"),
    Move("close", "application:closed", (ASKED,), CLOSED, "system", False,
         "Closed without an answer", "Closed, because no answer came"),
    Move("reopen", "application:reopened", (CLOSED,), ASKED, "owner", False,
         "Reopened", "You had the case reopened"),
    Move("recommend", "application:recommended", (ASSESSING,), DECIDING, "case_officer", True,
         "Recommended", "The case officer finished the assessment"),
    Move("return", "application:returned", (DECIDING,), ASSESSING, "approver", True,
         "Returned to the case officer", "The assessment is being looked at again"),
    Move("approve", "application:approved", (DECIDING,), OFFERED, "approver", False, "Approved",
         "Your application was approved"),
    Move("approve_and_wait", "application:queued", (DECIDING,), WAITING, "approver", False,
         "Approved, waiting for funds", "Approved. It waits for money to come free"),
    Move("decline", "application:declined", (DECIDING,), DECLINED, "approver", True, "Declined",
         "Your application was declined"),
    Move("fund", "application:funded", (WAITING,), OFFERED, "system", False,
         "Money came free", "Money came free: here is your offer"),
    Move("judge_again", "application:to_be_judged_again", (WAITING,), ASSESSING, "system", True,
         "To be judged again", "Our decision is being looked at again before money is set aside"),
    Move("announce_again", "offer:announced_again", (OFFERED,), "", "supervisor", False,
         "Offer announced again", "We announced your offer again"),
    Move("accept", "application:accepted", (OFFERED,), ACCEPTED, "owner", False, "Offer accepted",
         "You accepted the offer"),
    Move("lapse", "application:lapsed", (OFFERED,), LAPSED, "system", False, "Offer lapsed", "The offer lapsed"),
    Move("reinstate", "application:reinstated", (LAPSED,), OFFERED, "owner", False,
         "Lapsed offer made again", "You had the lapsed offer back"),
    Move("withdraw", "application:withdrawn", LIVE, WITHDRAWN, "owner", True, "Withdrawn",
         "You withdrew the application"),
    Move("give_way", "application:gave_way", (DRAFT,), WITHDRAWN, "system", True,
         "Draft gave way to a case granted on review", "The draft ended, because your earlier application was granted"),
    Move("offer_after_review", "application:approved_on_review", (DECLINED,), OFFERED, "review_decider", False,
         "Approved on review", "Approved on review"),
    Move("wait_after_review", "application:queued_on_review", (DECLINED,), WAITING, "review_decider", False,
         "Approved on review, waiting for funds", "Approved on review. It waits for money to come free"),
    Move("raise", "application:raised", (OFFERED, ACCEPTED), "", "review_decider", False,
         "Sum raised on review", "Your sum was raised on review"),
)
# fmt: on

BY_VERB = {move.verb: move for move in MOVES}


def may(verb: str, state: str, held: bool = False) -> bool:
    """Whether this verb runs on a case in this state, held or not."""
    move = BY_VERB[verb]
    return state in move.origins and (move.while_held or not held)


def next_state(verb: str, state: str) -> str:
    """Where the verb leads; one without a target leaves a case where it stands."""
    return BY_VERB[verb].target or state


# What an applicant reads along the way: one stage for one or more states.
STAGES = (
    ("draft", (DRAFT,)),
    ("submitted", (SUBMITTED,)),
    ("assessment", (ASSESSING, ASKED)),
    ("decision", (DECIDING, WAITING)),
    ("offer", (OFFERED,)),
    ("delivery", (ACCEPTED,)),
)


def stage_of(state: str) -> str:
    for stage, states in STAGES:
        if state in states:
            return stage
    return "ended"


# A review: one request per outcome, looked at by two people who had no part in the case.
REVIEW_ASKED, REVIEW_RECOMMENDING, REVIEW_DECIDING = "asked", "recommending", "deciding"
REVIEW_UPHELD, REVIEW_CHANGED, REVIEW_WITHDRAWN = "upheld", "changed", "withdrawn"
# Decided, and the rise waits in the queue for funds; "dropped" where it can no longer be given.
REVIEW_WAITING, REVIEW_DROPPED = "waiting", "dropped"
REVIEW_OPEN = (REVIEW_ASKED, REVIEW_RECOMMENDING, REVIEW_DECIDING)
REVIEW_STATES = (*REVIEW_OPEN, REVIEW_WAITING, REVIEW_UPHELD, REVIEW_CHANGED, REVIEW_WITHDRAWN, REVIEW_DROPPED)

# fmt: off
REVIEW_MOVES = (
    Move("allot_review", "review:allotted", (REVIEW_ASKED,), REVIEW_RECOMMENDING, "system", True,
         "Reviewer drawn", "A reviewer was drawn by lot"),
    Move("recommend_review", "review:recommended", (REVIEW_RECOMMENDING,), REVIEW_DECIDING, "reviewer", True,
         "Review recommended", "The reviewer finished"),
    Move("return_review", "review:returned", (REVIEW_DECIDING,), REVIEW_RECOMMENDING, "review_decider", True,
         "Returned to the reviewer", "The review is being looked at again"),
    Move("uphold", "review:upheld", (REVIEW_DECIDING,), REVIEW_UPHELD, "review_decider", True,
         "Decision kept", "The decision was kept"),
    Move("change", "review:changed", (REVIEW_DECIDING,), REVIEW_CHANGED, "review_decider", False,
         "Decision changed", "The decision was changed in your favour"),
    Move("change_and_wait", "review:queued", (REVIEW_DECIDING,), REVIEW_WAITING, "review_decider", False,
         "Sum to rise, waiting for funds", "Your sum is to rise. It waits for money to come free"),
    Move("fund_rise", "review:funded", (REVIEW_WAITING,), REVIEW_CHANGED, "system", False,
         "Money came free for the rise", "Money came free, and your sum was raised"),
    Move("drop_rise", "review:rise_dropped", (REVIEW_WAITING,), REVIEW_DROPPED, "system", True,
         "Rise ended without money", "The rise that waited for money has ended"),
    Move("withdraw_review", "review:withdrawn", REVIEW_OPEN, REVIEW_WITHDRAWN, "owner", True,
         "Review withdrawn", "You withdrew the review"),
)
# fmt: on
REVIEW_BY_VERB = {move.verb: move for move in REVIEW_MOVES}
