"""Playing any part takes one press in a demonstration, and is not there elsewhere."""

import pytest

from apps.accounts.models import Account
from apps.operations.demonstration import cast

pytestmark = pytest.mark.django_db
PAGE = "/en/demonstration/cast/"


@pytest.fixture
def people(demonstration):
    cast.make_cast(cast.dates.now())


def test_each_role_is_offered_with_what_it_does_and_the_password(client, people):
    page = client.get(PAGE).content.decode()
    for role in cast.CAST:
        assert f'value="{role.key}"' in page
        assert role.email in page
    assert "麵家東主" in client.get("/zh-hant/demonstration/cast/").content.decode()
    assert cast.PASSWORD in page


@pytest.mark.parametrize("key", ["olive", "alice", "pat", "dora"])
def test_one_press_signs_in(client, people, key):
    answer = client.post(PAGE, {"who": key})
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(Account.objects.get(email=cast.BY_KEY[key].email).pk)


def test_a_second_press_changes_places(client, people):
    client.post(PAGE, {"who": "olive"})
    client.post(PAGE, {"who": "omar"})
    assert client.session["_auth_user_id"] == str(cast.account("omar").pk)


def test_reading_the_page_signs_nobody_in(client, people):
    client.get(PAGE, {"who": "olive"})
    assert "_auth_user_id" not in client.session


def test_nobody_else_is_offered(client, people):
    assert client.post(PAGE, {"who": "owner01"}).status_code == 404
    assert client.post(PAGE).status_code == 404


def test_before_the_cast_is_loaded_the_page_says_what_to_run(client, demonstration):
    assert "manage.py up" in client.get(PAGE).content.decode()
    assert client.post(PAGE, {"who": "olive"}).status_code == 404


def test_without_the_row_there_is_no_such_page(client, people, demonstration):
    demonstration.delete()
    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE, {"who": "olive"}).status_code == 404
    assert "_auth_user_id" not in client.session
