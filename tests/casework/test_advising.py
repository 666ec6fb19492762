import pytest

from apps.audit.models import Event
from apps.casework import services as casework
from apps.casework.models import LineVerdict, Recommendation
from apps.casework.services.recommending import reading_hash
from apps.core.errors import NotAllowed, RuleBroken


def option_code(case):
    return case.confirmation.content["options"][0]["code"]


def judge(case, office, **given):
    return casework.judge_line(
        case.reference,
        **{"line_code": option_code(case), "struck": True, "reason": "rent", "by": office.olive, **given},
    )


def test_the_sum_is_the_calculations_and_falls_with_a_struck_line(assessing, office):
    assert assessing.confirmation.total_cents == 44_500_00
    assessing.strike(option_code(assessing)).recommended()
    advice = assessing.advice
    assert (advice.kind, advice.grant_cents, advice.content["asked_cents"]) == ("approve", 19_000_00, 22_250_00)
    struck = next(line for line in advice.content["lines"] if line["struck"])
    assert struck["reason_en"] == "Rent is not supported."
    assert struck["reason_zh_hant"] == "租金不獲資助。"


def test_a_line_can_be_allowed_again(assessing, office):
    judge(assessing, office)
    judge(assessing, office, struck=False, reason=None)
    assessing.recommended()
    assert assessing.advice.grant_cents == 22_250_00
    names = Event.objects.of(assessing.reference).values_list("name", flat=True)
    assert {"line:struck", "line:allowed"} <= set(names)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"reason": "no-such-reason"}, "reason"),
        ({"reason": ""}, "reason"),
        ({"reason": "not-operating", "words_en": "a", "words_zh": "乙"}, "reason"),  # a reason for refusals only
        ({"reason": "not-in-package"}, "words_en"),
        ({"reason": "not-in-package", "words_en": "A stool."}, "words_zh"),
        ({"words_zh": "凳子。"}, "words_en"),
        ({"line_code": "option:999999999"}, None),
    ],
)
def test_a_strike_needs_a_kept_reason_and_words_in_both_languages(assessing, office, given, field):
    with pytest.raises(RuleBroken) as refusal:
        judge(assessing, office, **given)
    assert refusal.value.field == field
    assert not LineVerdict.objects.exists()


def test_only_the_officer_drawn_strikes_notes_and_advises(assessing, office):
    for call in (
        lambda: judge(assessing, office, by=office.oscar),
        lambda: casework.write_note(assessing.reference, text="Mine", by=office.oscar),
        lambda: casework.recommend(
            assessing.reference, kind="approve", seen_sha256=reading_hash(assessing.row), by=office.oscar
        ),
    ):
        with pytest.raises(NotAllowed):
            call()


def test_who_joined_a_side_since_the_draw_can_no_longer_act(assessing, office):
    from apps.businesses.models import Membership
    from apps.core import dates

    Membership.objects.create(
        account=office.olive, organisation=assessing.organisation, role="preparer", since=dates.now()
    )
    with pytest.raises(NotAllowed) as refusal:
        judge(assessing, office)
    assert refusal.value.code == "on_a_side"


def test_what_changed_meanwhile_must_be_read_first(assessing, office):
    seen = reading_hash(assessing.row)
    judge(assessing, office)
    with pytest.raises(RuleBroken) as refusal:
        casework.recommend(assessing.reference, kind="approve", seen_sha256=seen, by=office.olive)
    assert refusal.value.code == "changed_meanwhile"
    assert assessing.row.state == "assessing"


def test_nothing_left_cannot_be_approved(assessing, office):
    for code in ("basic", option_code(assessing)):
        assessing.strike(code)
    with pytest.raises(RuleBroken) as refusal:
        casework.recommend(
            assessing.reference, kind="approve", seen_sha256=reading_hash(assessing.row), by=office.olive
        )
    assert refusal.value.code == "nothing_left"


def test_a_refusal_needs_a_reason(assessing, office):
    with pytest.raises(RuleBroken) as refusal:
        casework.recommend(
            assessing.reference, kind="decline", seen_sha256=reading_hash(assessing.row), by=office.olive
        )
    assert refusal.value.field == "reason"
    assert not Recommendation.objects.exists()


def test_the_recommendation_keeps_what_it_rests_on(deciding):
    content = deciding.advice.content
    assert [finding["code"] for finding in content["findings"]] == [
        "eligible",
        "head_count",
        "registered",
        "proven",
        "batch_open",
        "sector",
        "confirmed",
        "no_other_case",
        "ceiling_left",
        "documents",
    ]
    assert {finding["verdict"] for finding in content["findings"]} == {"met"}
    assert content["record"] == deciding.row.records.get().sha256
