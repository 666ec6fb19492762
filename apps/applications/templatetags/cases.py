"""The word and colour of a case's state, the same on every page."""

from django import template
from django.utils.translation import gettext as _

from apps.applications import workflow

register = template.Library()

_COLOURS = {
    workflow.DRAFT: "action",
    workflow.SUBMITTED: "harbour",
    workflow.ASSESSING: "harbour",
    workflow.ASKED: "action",
    workflow.DECIDING: "harbour",
    workflow.WAITING: "amber",
    workflow.OFFERED: "action",
    workflow.ACCEPTED: "jade",
    workflow.DECLINED: "brick",
    workflow.LAPSED: "grey",
    workflow.CLOSED: "grey",
    workflow.WITHDRAWN: "grey",
}


@register.filter
def state_words(state):
    return {
        workflow.DRAFT: _("Draft"),
        workflow.SUBMITTED: _("Received"),
        workflow.ASSESSING: _("Being checked"),
        workflow.ASKED: _("Questions to answer"),
        workflow.CLOSED: _("Closed"),
        workflow.DECIDING: _("Being decided"),
        workflow.WAITING: _("Waiting for funds"),
        workflow.OFFERED: _("Offer to accept"),
        workflow.ACCEPTED: _("Offer accepted"),
        workflow.DECLINED: _("Declined"),
        workflow.LAPSED: _("Lapsed"),
        workflow.WITHDRAWN: _("Withdrawn"),
    }[state]


@register.filter
def state_colour(state):
    return _COLOURS[state]


@register.filter
def letter_words(kind):
    """What kind of letter this is, in the reader's words."""
    return {
        "offer": _("Approval and offer"),
        "decline": _("Decision"),
        "funds": _("Waiting for funds"),
        "review": _("Review"),
        "withdrawal": _("Withdrawal"),
        "lapse": _("Lapsed offer"),
    }[kind]
