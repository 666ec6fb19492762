"""The checks an officer reads: judged at the receipt, by Hong Kong's day."""

import datetime

import pytest

from apps.casework.services.recommending import reading

ENDS = datetime.date(2026, 11, 23)
BEFORE_MIDNIGHT = datetime.datetime(2026, 11, 23, 23, 59, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))


@pytest.mark.parametrize(
    ("later", "verdict"),
    [(datetime.timedelta(0), "met"), (datetime.timedelta(minutes=2), "unmet"), (datetime.timedelta(hours=8), "unmet")],
)
def test_a_registration_counts_to_midnight_in_hong_kong(assessing, later, verdict):
    """From midnight to eight in the morning it is still yesterday in UTC."""
    row = assessing.row
    row.received_at = BEFORE_MIDNIGHT.astimezone(datetime.UTC) + later
    row.organisation.br_expires_on = ENDS
    found = {finding["code"]: finding for finding in reading(row)[0]["findings"]}
    assert found["registered"]["verdict"] == verdict
