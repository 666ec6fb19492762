"""GET /api/v1/award: the same arithmetic for anyone, and one shape for every fault."""

import pytest

pytestmark = pytest.mark.django_db
MANY = "&".join(["option=1"] * 21)


def ask(client, query):
    response = client.get(f"/api/v1/award?{query}")
    return response.status_code, response.json()


@pytest.mark.parametrize(
    ("query", "eligible", "grant", "pays"),
    [
        ("price=40000", "40000.00", "20000.00", "20000.00"),
        ("price=100000", "100000.00", "50000.00", "50000.00"),
        ("price=100000&option=20000", "120000.00", "50000.00", "70000.00"),
        ("price=100000.0&option=15000&option=5000.00", "120000.00", "50000.00", "70000.00"),
        ("price=0.01", "0.01", "0.00", "0.01"),
        ("price=33.33&option=0.02&lang=zh-hant", "33.35", "16.67", "16.68"),
        ("monthly=4166.66&months=24", "99999.84", "49999.92", "49999.92"),
        ("monthly=4166.66&months=1&lang=zh-hans", "4166.66", "2083.33", "2083.33"),
        ("price=40000&awarded=35000", "40000.00", "15000.00", "25000.00"),
        ("price=40000&awarded=50000", "40000.00", "0.00", "40000.00"),
        ("price=40000&awarded=0", "40000.00", "20000.00", "20000.00"),
        ("price=000040000", "40000.00", "20000.00", "20000.00"),
        ("price=1&option=999999999.99", "1000000000.99", "50000.00", "999950000.99"),
        ("price=1&" + "&".join(["option=1"] * 20), "21.00", "10.50", "10.50"),
    ],
)
def test_award(client, query, eligible, grant, pays):
    status, answer = ask(client, query)
    assert status == 200
    assert (answer["eligible_cost"], answer["grant"], answer["applicant_pays"]) == (
        eligible,
        grant,
        pays,
    )
    assert answer["terms"] == "2024.1"
    assert [line["amount"] for line in answer["working"][-2:]] == [grant, pays]


def test_the_working_is_the_receipt(client):
    _status, answer = ask(client, "price=38000&option=6500")
    assert answer["working"] == [
        {"label": "Basic package", "amount": "38000.00"},
        {"label": "Optional feature 1", "amount": "6500.00"},
        {"label": "Eligible cost", "amount": "44500.00"},
        {"label": "Half of it", "amount": "22250.00"},
        {"label": "Your ceiling left", "amount": "50000.00"},
        {"label": "The programme pays", "amount": "22250.00"},
        {"label": "You pay", "amount": "22250.00"},
    ]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("", "price"),
        ("option=5", "price"),
        ("price=", "price"),
        ("price=0", "price"),
        ("price=0.00", "price"),
        ("price=100000.01", "price"),
        ("price=999999999.99", "price"),
        ("price=1000000000", "price"),
        ("price=1e3", "price"),
        ("price=1_000", "price"),
        ("price=1,000", "price"),
        ("price=-1", "price"),
        ("price=%2B1", "price"),
        ("price=1.", "price"),
        ("price=.5", "price"),
        ("price=1.234", "price"),
        ("price=%201", "price"),
        ("price=1%0A", "price"),
        ("price=1%00", "price"),
        ("price=%EF%BC%91%EF%BC%92", "price"),
        ("price=%D9%A1", "price"),
        ("price=%FF%FE", "price"),
        ("price=NaN", "price"),
        ("price=1&price=1", "price"),
        ("monthly=4166.67&months=24", "monthly"),
        ("monthly=4166.67&months=1", "monthly"),
        ("monthly=0&months=12", "monthly"),
        ("monthly=x&months=12", "monthly"),
        ("monthly=1&monthly=1&months=2", "monthly"),
        ("price=1&monthly=1&months=1", "monthly"),
        ("monthly=1", "months"),
        ("price=1&months=2", "months"),
        ("months=2", "months"),
        ("monthly=1&months=0", "months"),
        ("monthly=1&months=25", "months"),
        ("monthly=1&months=-1", "months"),
        ("monthly=1&months=1.0", "months"),
        ("monthly=1&months=%D9%A1", "months"),
        ("monthly=1&months=12%0A", "months"),
        ("monthly=1&months=", "months"),
        ("monthly=1&months=1&months=1", "months"),
        ("price=1&option=0", "option"),
        ("price=1&option=5&option=abc", "option"),
        ("price=1&option=", "option"),
        (f"price=1&{MANY}", "option"),
        ("price=1&" + "&".join(["option=1"] * 1000), "option"),
        ("price=1&awarded=50000.01", "awarded"),
        ("price=1&awarded=-1", "awarded"),
        ("price=1&awarded=", "awarded"),
        ("price=1&awarded=1&awarded=1", "awarded"),
        ("price=1&lang=fr", "lang"),
        ("price=1&lang=EN", "lang"),
        ("price=1&lang=", "lang"),
        ("price=1&lang=en&lang=en", "lang"),
        ("price=1&Price=1", "Price"),
        ("price=1&discount=5", "discount"),
        ("price=1&=5", ""),
    ],
)
def test_refused(client, query, field):
    status, answer = ask(client, query)
    assert status == 422
    assert list(answer) == ["error"]
    assert answer["error"]["field"] == field
    assert answer["error"]["message"].strip()


@pytest.mark.parametrize("word", ["please", "sorry", "valid", "invalid", "forbidden", "oops"])
def test_refusals_say_how_to_mend(client, word):
    for query in (
        "price=x",
        "price=100000.01",
        "monthly=4166.67&months=1",
        "price=1&awarded=60000",
        "a=1",
    ):
        assert word not in ask(client, query)[1]["error"]["message"].lower().split()


def test_two_queries_and_nothing_stored(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        client.get("/api/v1/award?price=40000")


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_only_reading(client, method):
    assert getattr(client, method)("/api/v1/award?price=1").status_code == 405


def test_the_description_names_every_parameter(client):
    document = client.get("/api/v1/openapi.json").json()
    described = document["paths"]["/api/v1/award"]["get"]["parameters"]
    assert [one["name"] for one in described] == [
        "price",
        "monthly",
        "months",
        "option",
        "awarded",
        "lang",
    ]
    assert client.get("/api/v1/docs").status_code == 404
