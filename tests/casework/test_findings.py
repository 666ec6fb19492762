"""The checks an officer reads: judged at the receipt, by Hong Kong's day."""

import datetime

import pytest

from apps.applications.services.recording import papers_of
from apps.casework.contents import finding_words
from apps.casework.services.recommending import reading
from apps.programme.models import DocumentType, Sector
from tests.builders import documents

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


def found(row, code):
    return next(finding for finding in reading(row)[0]["findings"] if finding["code"] == code)


def test_a_package_made_for_another_sector_is_a_question_for_the_officer(assessing, office, desk):
    assert found(assessing.row, "sector")["verdict"] == "met"
    row = assessing.row
    row.version.package.sector = Sector.objects.exclude(code=row.sector.code).first()
    finding = found(row, "sector")
    assert (finding["verdict"], finding["basis"]) == ("unsure", "declared")
    assert finding_words(finding, {}) == (
        f"Declared as {row.sector.name_en}; the package is made for {row.version.package.sector.name_en}."
    )


def test_a_sector_that_changed_since_the_submission_is_named(assessing):
    row = assessing.row
    row.sector = Sector.objects.exclude(code=row.sector.code).first()
    assert f"Submitted as {row.sector.name_en}, now given as" in finding_words(found(row, "sector"), {})


def test_a_paper_that_the_record_does_not_name_proves_nothing(assessing, office, desk):
    """One that came after the submission, before its answers were sent: shown, and said to be no part of it."""
    first = reading(assessing.row)
    assert {paper["type"] for paper in first[0]["files"]} == {paper.type_code for paper in papers_of(assessing.row)}
    later = documents.document(assessing.reference, by=assessing.owner, type_code="mpf-record")
    assert reading(assessing.row) == first
    DocumentType.objects.filter(code="mpf-record").update(required=True)
    assert found(assessing.row, "documents")["facts"]["missing"] == ["mpf-record"]
    page = desk(office.olive, f"case/{assessing.reference}/").content.decode()
    assert page.count("Not handed in yet") == 1
    assert later.name in page
