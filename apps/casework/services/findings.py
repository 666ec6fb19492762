"""What was checked, what came out, and how it is known: the evidence a recommendation freezes.

Judged at the receipt: eligibility, head-count, batch and confirmation. Judged now: ceiling,
duplicates and documents. Each finding is plain JSON:
{"code", "verdict": met|unmet|unsure, "basis": declared|document|looked_up, "facts": {…}}.
"""

import json

from django.db.models import Value

from apps.applications import rules, workflow
from apps.applications.models import Application
from apps.applications.services.judging import shares_ceiling_with
from apps.applications.services.submission import is_hawker, missing_documents
from apps.businesses import services as businesses
from apps.businesses.models import Organisation
from apps.core import dates
from apps.programme import services as programme
from apps.programme.models import Sector

MET, UNMET, UNSURE = "met", "unmet", "unsure"
DECLARED, DOCUMENT, LOOKED_UP = "declared", "document", "looked_up"


def findings_of(application, answers, left_cents, papers) -> list[dict]:
    """Every check of a case, in the order in which an officer reads them.

    `answers` are the newest record's, `left_cents` what is left under the ceiling, `papers`
    those of papers_of.
    """
    answers = {answer.key: json.loads(answer.answer) for answer in answers}
    terms = programme.terms_named(application.terms)
    return [
        _eligible(application, answers, terms),
        _head_count(answers, terms),
        _registered(application),
        _proven(application),
        _batch(application),
        _sector(application, answers["sector"]),
        _confirmed(application),
        _no_other_case(application),
        _ceiling(application, terms, left_cents),
        _documents(application, papers),
    ]


def _finding(code, met, basis, **facts):
    verdict = UNSURE if met is None else MET if met else UNMET
    return {"code": code, "verdict": verdict, "basis": basis, "facts": facts}


def _eligible(application, answers, terms):
    against = rules.against_eligibility(
        hawker=is_hawker(application), answers=answers, employees_below=terms.employees_below
    )
    questions = [question.key for question, _words in against if question.key != "full_time"]
    return _finding("eligible", not questions, DECLARED, questions=questions)


def _head_count(answers, terms):
    people = rules.head_count(answers)
    return _finding(
        "head_count",
        people is not None and people < terms.employees_below,
        DECLARED,
        people=people,
        below=terms.employees_below,
    )


def _registered(application):
    organisation = application.organisation
    until = organisation.br_expires_on or organisation.licence_expires_on
    received = dates.hong_kong_day(application.received_at)
    return _finding(
        "registered",
        None if until is None else until >= received,
        DECLARED,
        until=until.isoformat() if until else "",
        identity=application.identity_key,
    )


def _proven(application):
    """Whose business it is: a code posted to the registered address, or an officer who saw the owner."""
    organisation = application.organisation
    holder = None if organisation.is_proven else businesses.holder_of(organisation)
    return _finding(
        "proven",
        True if organisation.is_proven else False if holder else None,
        LOOKED_UP,
        how=organisation.proven_how,
        at=organisation.proven_at.isoformat() if organisation.is_proven else "",
        by_another=bool(holder),
    )


def _batch(application):
    batch = application.batch
    return _finding(
        "batch_open", batch.opens_at <= application.received_at < batch.closes_at, LOOKED_UP, batch=batch.code
    )


def _sector(application, declared):
    """The batch was judged by the sector declared; a package is made for one. A question, not a verdict."""
    submitted, package = application.sector, application.version.package.sector
    same = declared == submitted.code == package.code
    known = submitted if declared == submitted.code else Sector.objects.get(code=declared)
    return _finding(
        "sector",
        True if same else None,
        DECLARED,
        **_in_words("declared", known),
        **_in_words("submitted", submitted),
        **_in_words("package", package),
    )


def _in_words(name, sector):
    return {f"{name}_{code}": getattr(sector, f"name_{code}") for code in ("en", "zh_hant", "zh_hans")}


def _confirmed(application):
    confirmation = application.confirmation
    return _finding(
        "confirmed",
        application.received_at <= confirmation.valid_until,
        LOOKED_UP,
        until=confirmation.valid_until.isoformat(),
    )


def _no_other_case(application):
    """Other claims and other cases of the same registration or licence: a question, not a verdict."""
    others = Application.objects.filter(scheme=application.scheme, identity_key=application.identity_key).exclude(
        pk=application.pk
    )
    claims = Organisation.objects.filter(identity=application.organisation.identity_id, kind="sme").exclude(
        pk=application.organisation_id
    )
    found = others.values_list("reference", "state").union(claims.values_list("reference", Value("")), all=True)
    found = list(found.order_by("reference"))
    others = {reference: state for reference, state in found if state}
    claims = len(found) - len(others)
    committed = [reference for reference, state in others.items() if state in workflow.COMMITTED]
    live = [reference for reference, state in others.items() if state in workflow.IN_HAND]
    met = False if committed else None if live or claims else True
    return _finding("no_other_case", met, LOOKED_UP, committed=committed, live=live, other_claims=claims)


def _ceiling(application, terms, left):
    shared = shares_ceiling_with(application, terms)
    with_others = {"shared_with": list(shared)} if shared else {}
    return _finding(
        "ceiling_left", left > 0, LOOKED_UP, left_cents=left, ceiling_cents=terms.ceiling_cents, **with_others
    )


def _documents(application, papers):
    """By what the record names: a paper that came since proves nothing until it is handed in."""
    ready = [paper for paper in papers if paper.is_ready and paper.in_record]
    missing = [kind.code for kind in missing_documents(application, {paper.type_code for paper in ready})]
    unscanned = sum(not paper.scanned for paper in ready)
    return _finding("documents", not missing, DOCUMENT, missing=missing, not_scanned=unscanned)
