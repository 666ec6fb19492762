"""Letters of invented businesses, and what the tests ask of them."""

from datetime import date
from unittest import mock

import pytest

from apps.core.actors import SYSTEM
from apps.letters import contents as shapes
from apps.letters import pdf, services

REFERENCE = "DTSPP-2026-000123-K"


def tri(field, english, hant, hans):
    return {f"{field}_en": english, f"{field}_zh_hant": hant, f"{field}_zh_hans": hans}


def addressee(**facts):
    return shapes.Addressee(
        **{
            "name_en": "Ming Kee Noodles",
            "name_zh": "明記麵家",
            "address_en": ("Shop 3, G/F, 88 Pei Ho Street", "Sham Shui Po"),
            "address_zh": ("深水埗北河街88號", "地下3號舖"),
        }
        | facts
    )


def package(**facts):
    names = tri("name", "Kitchen-to-counter point of sale", "廚房到收銀銷售系統", "厨房到收银销售系统")
    provider = {"provider_en": "Lantern Street Systems Ltd", "provider_zh": "燈街系統有限公司"}
    return shapes.PackageNamed(**names | provider | {"version": 3} | facts)


def receipt():
    line = shapes.ReceiptLine
    return (
        line(**tri("label", "Basic package", "基本方案", "基本方案"), cents=3_800_000),
        line(
            **tri("label", "Members and e-coupons", "會員及電子優惠券", "会员及电子优惠券"),
            cents=650_000,
        ),
        line(
            **tri("label", "On-site hosting", "場地寄存費", "场地寄存费"),
            cents=120_000,
            kind="struck",
            **tri(
                "reason",
                "Hosting outside the package.",
                "方案套餐以外的寄存費用。",
                "方案套餐以外的寄存费用。",
            ),
            words_en="The invoice names a second server.",
            words_zh="發票列明另一部伺服器。",
        ),
        line(
            **tri("label", "Eligible cost", "合資格費用", "合资格费用"),
            cents=4_450_000,
            kind="rule",
        ),
        line(
            **tri("label", "The programme pays at most", "計劃最多資助", "计划最多资助"),
            cents=2_225_000,
            kind="grant",
        ),
        line(**tri("label", "You pay", "你支付", "你支付"), cents=2_345_000, kind="pays"),
    )


def reason():
    return shapes.Reason(
        **tri(
            "rule",
            "Fewer than 50 full-time employees.",
            "全職僱員須少於50名。",
            "全职雇员须少于50名。",
        ),
        words_en="The form says 62.",
        words_zh="表格填報62名。",
        **tri(
            "mend",
            "Apply again once fewer are employed.",
            "人數減少後可再次申請。",
            "人数减少后可再次申请。",
        ),
    )


def payment_proofs():
    transfer = tri("name", "Bank transfer or FPS", "銀行轉帳或轉數快", "银行转账或转数快")
    cash = tri("name", "Cash", "現金", "现金")
    return shapes.PaymentProof(accepted=True, **transfer), shapes.PaymentProof(accepted=False, **cash)


def offer(**facts):
    return shapes.ApprovalLetter(
        **{
            "reference": REFERENCE,
            "addressee": addressee(),
            "package": package(),
            "receipt": receipt(),
            "grant_cents": 2_225_000,
            "applicant_pays_cents": 2_345_000,
            "accept_by": date(2027, 1, 8),
            "implementation_months": 6,
            "working_by": date(2027, 6, 9),
            "review_until": date(2027, 1, 8),
            "payment_proofs": payment_proofs(),
        }
        | facts
    )


def one_of_each():
    base = {"reference": REFERENCE, "addressee": addressee(), "package": package()}
    return [
        offer(),
        shapes.DeclineLetter(**base, reasons=(reason(),), review_until=date(2027, 1, 8)),
        shapes.WaitingForFundsNotice(**base, received_on=date(2026, 11, 2), next_word_by=date(2027, 1, 8)),
        shapes.ReviewOutcomeLetter(
            **base,
            changed=True,
            reasons=(reason(),),
            receipt=receipt(),
            grant_cents=2_225_000,
            applicant_pays_cents=2_345_000,
            accepted=True,
            working_by=date(2027, 6, 9),
        ),
        shapes.WithdrawalConfirmation(**base, withdrawn_on=date(2026, 12, 1), released_cents=2_225_000),
        shapes.LapseNotice(**base, accept_by=date(2027, 1, 8), lapsed_on=date(2027, 1, 9)),
    ]


@pytest.fixture
def waiting(db):
    return services.request(offer(), outcome_number=1, by=SYSTEM)


@pytest.fixture
def issued(waiting):
    """An issued letter whose bytes are a stand-in: what is drawn is tested in test_pdf.py."""
    with mock.patch.object(pdf, "drawn", return_value=b"%PDF-1.7 a stand-in"):
        return services.issue(waiting.number)
