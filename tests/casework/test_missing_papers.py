"""What is missing is said by its name, in the reader's language; the finding keeps its code."""

import pytest

from apps.casework.services.recommending import reading
from apps.programme.models import DocumentType


@pytest.fixture
def one_missing(assessing):
    """The checklist took in one more paper after the case was submitted."""
    DocumentType.objects.filter(code="mpf-record").update(required=True)
    return assessing


@pytest.mark.parametrize(
    ("language", "said"), [("en", "Record of employees"), ("zh-hant", "僱員紀錄"), ("zh-hans", "雇员记录")]
)
def test_the_missing_paper_is_named_in_the_pages_language(one_missing, office, client, language, said):
    client.force_login(office.olive)
    page = client.get(f"/{language}/desk/case/{one_missing.reference}/").content.decode()
    assert said in page
    assert "mpf-record" not in page


def test_the_finding_keeps_the_code(one_missing):
    content, _sha256 = reading(one_missing.row)
    papers = next(one for one in content["findings"] if one["code"] == "documents")
    assert (papers["verdict"], papers["facts"]["missing"]) == ("unmet", ["mpf-record"])
