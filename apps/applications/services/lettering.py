"""Filling the letters of a case: what each says comes from the outcome, nothing else."""

from dataclasses import fields

from django.db.models import Q

from apps.applications import workflow
from apps.applications.models import Offer, Review
from apps.applications.models import offer as states
from apps.core import dates
from apps.funding.calculation import working_from
from apps.letters import contents
from apps.letters import services as letters
from apps.letters.models import Letter
from apps.programme import calendar
from apps.programme import services as programme
from apps.programme.working import labels


def write_offer(application, outcome, offer, *, by):
    """The approval letter; like each first letter of an outcome, it replaces the one before."""
    terms = programme.terms_named(application.terms)
    letter = letters.request(
        contents.ApprovalLetter(
            **_head(application),
            receipt=receipt_lines(outcome),
            grant_cents=outcome.grant_cents,
            applicant_pays_cents=pays_cents(outcome),
            accept_by=offer.printed_accept_by,
            implementation_months=terms.implementation_months,
            working_by=working_by(offer, terms),
            review_until=review_until(outcome, terms),
            payment_proofs=_payment_proofs(),
        ),
        outcome_number=outcome.number,
        by=by,
    )
    _stand_in_for_earlier(application, letter, by=by)
    return letter


def working_by(offer, terms):
    """The last day for having the package in use: the terms' months after the approval was offered."""
    return calendar.add_months(dates.hong_kong_day(offer.made_at), terms.implementation_months)


def _payment_proofs():
    named = [field.name for field in fields(contents.PaymentProof)]
    return tuple(
        contents.PaymentProof(**{name: getattr(one, name) for name in named}) for one in programme.payment_proofs()
    )


def write_decline(application, outcome, *, by):
    terms = programme.terms_named(application.terms)
    letter = letters.request(
        contents.DeclineLetter(
            **_head(application), reasons=_reasons(outcome), review_until=review_until(outcome, terms)
        ),
        outcome_number=outcome.number,
        by=by,
    )
    _stand_in_for_earlier(application, letter, by=by)
    return letter


def write_waiting(application, outcome, *, by):
    letter = letters.request(
        contents.WaitingForFundsNotice(**_head(application), received_on=dates.hong_kong_day(application.received_at)),
        outcome_number=outcome.number,
        by=by,
    )
    _stand_in_for_earlier(application, letter, by=by)
    return letter


def write_review(application, outcome, *, reasons, changed, by):
    """What the review decided. With a raised sum it carries the new receipt; none is promised to who waits."""
    more = _what_stands(application, changed)
    if changed and application.state in workflow.COMMITTED:
        more |= {
            "receipt": receipt_lines(outcome),
            "grant_cents": outcome.grant_cents,
            "applicant_pays_cents": pays_cents(outcome),
        }
    return letters.request(
        contents.ReviewOutcomeLetter(**_head(application), changed=changed, reasons=reasons, **more),
        outcome_number=outcome.number,
        by=by,
    )


def _what_stands(application, changed):
    """The dates that hold after a review: an acceptance stays one, an offer that was kept runs on."""
    accepted = application.state == workflow.ACCEPTED
    if not accepted and (changed or application.state != workflow.OFFERED):
        return {}
    offer = Offer.objects.get(application=application, state=states.ACCEPTED if accepted else states.OPEN)
    dated = {"working_by": working_by(offer, programme.terms_named(application.terms))}
    if accepted:
        return dated | {"accepted": True}
    return dated | {"accept_by": offer.accept_by or offer.printed_accept_by}


def write_rise_waits(application, outcome, rise, *, reasons, by):
    """The review's letter while its rise waits for funds: about the outcome that stays in force."""
    return letters.request(
        contents.ReviewOutcomeLetter(
            **_head(application),
            changed=True,
            reasons=reasons,
            receipt=receipt_lines(rise),
            waiting_cents=rise.grant_cents,
            received_on=dates.hong_kong_day(application.received_at),
        ),
        outcome_number=outcome.number,
        by=by,
    )


def write_withdrawal(application, *, released_cents, by):
    _end_letters(application, by=by)
    return letters.request(
        contents.WithdrawalConfirmation(
            **_head(application), withdrawn_on=dates.today(), released_cents=released_cents or None
        ),
        outcome_number=application.outcomes.count(),
        by=by,
    )


def write_lapse(application, offer, *, by):
    _end_letters(application, by=by)
    return letters.request(
        contents.LapseNotice(
            **_head(application),
            accept_by=offer.accept_by,
            lapsed_on=dates.today(),
            released_cents=offer.outcome.grant_cents,
            back_until=_back_until(application, offer),
        ),
        outcome_number=offer.outcome.number,
        by=by,
    )


def _back_until(application, offer):
    """The last day for having the offer back; None for one that was had back before."""
    if offer.outcome.reinstates_id:
        return None
    return calendar.add_working_days(dates.today(), programme.terms_named(application.terms).reopen_working_days)


def _head(application):
    organisation, version = application.organisation, application.version
    provider = version.package.provider.organisation
    return {
        "reference": application.reference,
        "addressee": contents.Addressee(
            name_en=organisation.name_en,
            name_zh=organisation.name_zh,
            address_en=tuple(organisation.address_lines("en")),
            address_zh=tuple(organisation.address_lines("zh-hant")),
        ),
        "package": contents.PackageNamed(
            name_en=version.name_en,
            name_zh_hant=version.name_zh_hant,
            name_zh_hans=version.name_zh_hans,
            provider_en=provider.name_en or provider.name_zh,
            provider_zh=provider.name_zh,
            version=version.number,
        ),
    }


def receipt_lines(outcome) -> tuple:
    """The outcome's working as the lines of a letter's receipt, in three languages."""
    struck = {line["key"]: line for line in outcome.lines if line["struck"]}
    return tuple(
        contents.ReceiptLine(**labels(step), cents=step.cents, kind=step.kind, **_strike(struck.get(step.code)))
        for step in working_from(outcome.working)
    )


def _strike(line):
    if not line:
        return {}
    return {key: line.get(key, "") for key in ("reason_en", "reason_zh_hant", "reason_zh_hans", "words_en", "words_zh")}


def pays_cents(outcome) -> int:
    return next(line["cents"] for line in outcome.working if line["kind"] == "pays")


def _reasons(outcome):
    named = [field.name for field in fields(contents.Reason)]
    return tuple(contents.Reason(**{name: reason.get(name, "") for name in named}) for reason in outcome.reasons)


def review_until(outcome, terms):
    """The last day for asking for a review; None where nothing was refused or cut, or the case had its review."""
    had = Review.objects.filter(application=outcome.application_id).exclude(outcome=outcome)
    if not outcome.reviewable or had.exists():
        return None
    return calendar.add_working_days(dates.hong_kong_day(_told_at(outcome)), terms.review_working_days)


def _told_at(outcome):
    """An approval that waited for funds is told with its offer; until then it named no sum."""
    offer = Offer.objects.filter(outcome=outcome).first()
    return offer.made_at if offer else outcome.decided_at


_SUM_ON_REVIEW = Q(kind="review", grant_cents__isnull=False)


def _current(application):
    return Letter.objects.filter(subject=application.reference, standing=Letter.Standing.CURRENT)


def _stand_in_for_earlier(application, letter, *, by):
    """An earlier offer, notice, refusal or sum given on review is replaced by this letter."""
    said = Q(kind__in=("offer", "funds", "decline", "lapse")) | _SUM_ON_REVIEW
    for earlier in _current(application).exclude(pk=letter.pk).filter(said):
        letters.supersede(earlier.number, replacement=letter.number, by=by)


def replace_offer_letter(application, letter, *, by):
    """After an accepted offer was raised, the review's letter stands in for the offer's."""
    _stand_in_for_earlier(application, letter, by=by)


def replace_waiting_review(application, letter, *, by):
    """The letter that said a rise waits is replaced by the one that gives it."""
    for earlier in _current(application).filter(kind="review").exclude(pk=letter.pk):
        letters.supersede(earlier.number, replacement=letter.number, by=by)


def end_waiting_review(application, *, by):
    for letter in _current(application).filter(kind="review"):
        letters.end(letter.number, by=by)


def _end_letters(application, *, by):
    for letter in _current(application).filter(Q(kind__in=("offer", "funds")) | _SUM_ON_REVIEW):
        letters.end(letter.number, by=by)
