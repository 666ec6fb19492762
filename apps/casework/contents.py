"""What the desk calls things: parts, acts, reasons of a draw, the history, and each check in words."""

from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from apps.core.said import date_words, listed, money, nearest

PARTS = {
    "case_officer": gettext_lazy("Case officer"),
    "approver": gettext_lazy("Approver"),
    "reviewer": gettext_lazy("Reviewer"),
    "review_decider": gettext_lazy("Reviewer who decides"),
}
REVIEW_STATES = {
    "asked": gettext_lazy("Waits for a reviewer"),
    "recommending": gettext_lazy("Being reviewed"),
    "deciding": gettext_lazy("Review being decided"),
    "upheld": gettext_lazy("Decision kept"),
    "changed": gettext_lazy("Decision changed"),
    "withdrawn": gettext_lazy("Review withdrawn"),
    "waiting": gettext_lazy("Sum to rise, waiting for funds"),
    "dropped": gettext_lazy("Rise ended without money"),
}
KINDS = {
    "approve": gettext_lazy("Approved"),
    "decline": gettext_lazy("Declined"),
    "return": gettext_lazy("Returned to the case officer"),
    "uphold": gettext_lazy("Decision kept"),
}
BASES = {
    "declared": gettext_lazy("Declared by the applicant"),
    "document": gettext_lazy("Read from documents"),
    "looked_up": gettext_lazy("Looked up by the portal"),
}
VERDICTS = {"met": "met", "unmet": "not_met", "unsure": "ask"}

# By the event's name; those of the workflow tables bear the tables' own labels (a test compares).
EVENTS = {
    "application:started": gettext_lazy("Draft started"),
    "application:saved": gettext_lazy("Draft changed"),
    "application:submitted": gettext_lazy("Submitted"),
    "application:allotted": gettext_lazy("Case officer drawn"),
    "application:asked": gettext_lazy("Questions asked"),
    "application:answered": gettext_lazy("Questions answered"),
    "application:closed": gettext_lazy("Closed without an answer"),
    "application:reopened": gettext_lazy("Reopened"),
    "question:prepared": gettext_lazy("Question put on the list"),
    "question:dropped": gettext_lazy("Question taken off the list"),
    "question:answered": gettext_lazy("Question answered in words"),
    "question:reminded": gettext_lazy("Warned that answers are awaited"),
    "question:unreached": gettext_lazy("The owner could not be reached"),
    "application:recommended": gettext_lazy("Recommended"),
    "application:returned": gettext_lazy("Returned to the case officer"),
    "application:approved": gettext_lazy("Approved"),
    "application:queued": gettext_lazy("Approved, waiting for funds"),
    "application:declined": gettext_lazy("Declined"),
    "application:funded": gettext_lazy("Money came free"),
    "application:to_be_judged_again": gettext_lazy("To be judged again"),
    "application:accepted": gettext_lazy("Offer accepted"),
    "application:lapsed": gettext_lazy("Offer lapsed"),
    "application:reinstated": gettext_lazy("Lapsed offer made again"),
    "application:withdrawn": gettext_lazy("Withdrawn"),
    "application:gave_way": gettext_lazy("Draft gave way to a case granted on review"),
    "application:approved_on_review": gettext_lazy("Approved on review"),
    "application:queued_on_review": gettext_lazy("Approved on review, waiting for funds"),
    "application:raised": gettext_lazy("Sum raised on review"),
    "review:asked": gettext_lazy("Review asked for"),
    "review:allotted": gettext_lazy("Reviewer drawn"),
    "review:recommended": gettext_lazy("Review recommended"),
    "review:returned": gettext_lazy("Returned to the reviewer"),
    "review:upheld": gettext_lazy("Decision kept"),
    "review:changed": gettext_lazy("Decision changed"),
    "review:withdrawn": gettext_lazy("Review withdrawn"),
    "review:queued": gettext_lazy("Sum to rise, waiting for funds"),
    "review:funded": gettext_lazy("Money came free for the rise"),
    "review:rise_dropped": gettext_lazy("Rise ended without money"),
    "draw:drawn": gettext_lazy("Lot drawn"),
    "draw:nobody": gettext_lazy("Nobody could be drawn"),
    "draw:asked_again": gettext_lazy("Supervisor asked for another draw"),
    "assignment:released": gettext_lazy("Released: the officer can no longer act in it"),
    "line:struck": gettext_lazy("Cost line struck"),
    "line:allowed": gettext_lazy("Cost line allowed"),
    "note:written": gettext_lazy("Note written"),
    "decision:approve": gettext_lazy("Approval signed"),
    "decision:decline": gettext_lazy("Refusal signed"),
    "decision:return": gettext_lazy("Return signed"),
    "decision:uphold": gettext_lazy("Decision kept, signed"),
    "outcome:written": gettext_lazy("Outcome written"),
    "case:held": gettext_lazy("Being checked"),
    "case:next_word": gettext_lazy("Still being checked: a new day for the next word"),
    "case:hold_ended": gettext_lazy("The check has ended"),
    "case:read": gettext_lazy("Case read by an overseer"),
    "document:received": gettext_lazy("Document received"),
    "document:checking": gettext_lazy("Document being checked"),
    "document:ready": gettext_lazy("Document ready"),
    "document:rejected": gettext_lazy("Document not accepted"),
    "document:removed": gettext_lazy("Document removed"),
    "document:opened": gettext_lazy("Document opened"),
    "letter:requested": gettext_lazy("Letter requested"),
    "letter:issued": gettext_lazy("Letter issued"),
    "letter:replaced": gettext_lazy("Letter replaced"),
    "letter:ended": gettext_lazy("Letter no longer in force"),
    "letter:opened": gettext_lazy("Letter opened"),
    "offer:announced": gettext_lazy("Offer announced to the owner"),
    "offer:reminded": gettext_lazy("Reminder sent"),
    "offer:announced_again": gettext_lazy("Offer announced again"),
    "offer:unreached": gettext_lazy("The owner could not be reached"),
}

_WHY_NOT = {
    "absent": gettext_lazy("is absent"),
    "away": gettext_lazy("is on leave"),
    "full": gettext_lazy("has as many cases as set"),
}
_HAS_PART = {
    "applicant": gettext_lazy("is on the applicant’s side"),
    "provider": gettext_lazy("is on the provider’s side"),
    "case_officer": gettext_lazy("is the case officer"),
    "approver": gettext_lazy("is the approver"),
    "reviewer": gettext_lazy("is the reviewer"),
    "review_decider": gettext_lazy("decides the review"),
    "supervisor": gettext_lazy("acted as supervisor"),
    "counter": gettext_lazy("acted at the counter"),
}


def exclusion_words(why) -> str:
    """Why somebody was left out of a draw: "absent", "away", "full", "has_part:<part>" or "predecessor:<case>"."""
    kind, _colon, case = why.partition(":")
    if kind == "predecessor":
        return _("did not have %(case)s, the case before this one") % {"case": case}
    return str(_WHY_NOT.get(why) or _HAS_PART.get(why.partition(":")[2], why))


def event_words(name) -> str:
    return str(EVENTS.get(name, name.replace(":", " ").replace("_", " ")))


def finding_title(code) -> str:
    return _TITLES[code]()


def finding_words(finding, kinds) -> str:
    """One sentence for one check, from its facts (services.findings names them).

    The facts keep document types by code; `kinds` has their names in the reader's language.
    """
    facts = finding["facts"]
    if "missing" in facts:
        facts = {**facts, "missing": [kinds.get(code, code) for code in facts["missing"]]}
    return _WORDS[finding["code"]](facts, finding["verdict"] == "met")


_TITLES = {
    "eligible": lambda: _("May apply, by its own answers"),
    "head_count": lambda: _("Small enough"),
    "registered": lambda: _("Registration or licence in force"),
    "proven": lambda: _("The business is the applicant’s own"),
    "batch_open": lambda: _("Submitted while the batch was open"),
    "sector": lambda: _("Business and package of one sector"),
    "confirmed": lambda: _("Submitted while the provider’s word was good"),
    "no_other_case": lambda: _("No other case of the same business"),
    "ceiling_left": lambda: _("Ceiling left"),
    "documents": lambda: _("Required documents are here"),
}


def _eligible(facts, met):
    return (
        _("Operates in Hong Kong, is no excluded body, asked for no other public money, paid nothing yet.")
        if met
        else _("An answer stands against it. Read the answers below.")
    )


def _head_count(facts, met):
    if facts["people"] is None:
        return _("The number of full-time employees is missing.")
    return _("%(people)d full-time; the rule is fewer than %(below)d.") % facts


def _registered(facts, met):
    if not facts["until"]:
        return _("No expiry date was given. Look at the certificate.")
    return _("Runs to %(day)s.") % {"day": date_words(date.fromisoformat(facts["until"]))}


def _proven(facts, met):
    if met:
        return _PROVEN[facts["how"]] % {"day": date_words(datetime.fromisoformat(facts["at"]))}
    if facts["by_another"]:
        return _("Somebody else has proven this number. Nothing can be approved here.")
    return _("Not proven yet: the code of our letter has not come back. Nothing can be approved before.")


_PROVEN = {
    "posted_code": gettext_lazy("The code posted to the registered address came back on %(day)s."),
    "seen": gettext_lazy("The helpdesk saw the owner with the papers on %(day)s."),
    "sign_in": gettext_lazy("The owner signed in with a digital identity on %(day)s."),
}


def _batch(facts, met):
    return (
        _("Batch %(batch)s took this kind of package when it arrived.") % facts
        if met
        else _("Batch %(batch)s was not open when it arrived.") % facts
    )


def _sector(facts, met):
    declared, submitted, package = (nearest(facts, name)[0] for name in ("declared", "submitted", "package"))
    if met:
        return _("%(sector)s, and the package is made for it.") % {"sector": declared}
    if declared != submitted:
        return _("Submitted as %(submitted)s, now given as %(sector)s. The batch was judged by the first.") % {
            "submitted": submitted,
            "sector": declared,
        }
    return _("Declared as %(sector)s; the package is made for %(package)s.") % {"sector": declared, "package": package}


def _confirmed(facts, met):
    return _("The provider’s price was good until %(day)s.") % {
        "day": date_words(datetime.fromisoformat(facts["until"]))
    }


def _other_case(facts, met):
    if facts["committed"]:
        return _("An award is in progress: %(cases)s.") % {"cases": listed(facts["committed"])}
    if facts["live"]:
        return _("Another case is in hand: %(cases)s.") % {"cases": listed(facts["live"])}
    if facts["other_claims"]:
        return ngettext(
            "%(count)d other account claims this registration or licence.",
            "%(count)d other accounts claim this registration or licence.",
            facts["other_claims"],
        ) % {"count": facts["other_claims"]}
    return _("No other case, and no other claim.")


def _ceiling(facts, met):
    left, ceiling = money(facts["left_cents"]), money(facts["ceiling_cents"])
    if facts.get("shared_with"):
        others = listed(_identity(key) for key in facts["shared_with"])
        return _("%(left)s of %(ceiling)s, which it shares with %(others)s.") % {
            "left": left,
            "ceiling": ceiling,
            "others": others,
        }
    return _("%(left)s of %(ceiling)s.") % {"left": left, "ceiling": ceiling}


def _identity(key):
    kind, _colon, number = key.partition(":")
    words = _("hawker licence %(number)s") if kind == "licence" else _("BR number %(number)s")
    return words % {"number": number}


def _documents(facts, met):
    words = _("All are here.") if met else _("Missing: %(kinds)s.") % {"kinds": listed(facts["missing"])}
    if facts["not_scanned"]:
        words += " " + ngettext(
            "%(count)d file was not scanned for viruses.",
            "%(count)d files were not scanned for viruses.",
            facts["not_scanned"],
        ) % {"count": facts["not_scanned"]}
    return words


_WORDS = {
    "eligible": _eligible,
    "head_count": _head_count,
    "registered": _registered,
    "proven": _proven,
    "batch_open": _batch,
    "sector": _sector,
    "confirmed": _confirmed,
    "no_other_case": _other_case,
    "ceiling_left": _ceiling,
    "documents": _documents,
}
