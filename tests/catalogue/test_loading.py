import csv
import io

import pytest
from django.core.management import CommandError, call_command

from apps.businesses.models import Membership, Organisation
from apps.catalogue.models import Option, PackageVersion
from apps.catalogue.services.columns import FILES
from apps.catalogue.services.loading import load
from apps.catalogue.services.reading import Faulty

MANDATORY = (
    "records",
    "consent",
    "rewards",
    "messages",
    "access",
    "personal-data",
    "both-languages",
    "reports",
    "own-data",
)
GOOD = {
    "organisations.csv": {
        "brn": "91234567-000-01-11-1",
        "name_en": "Paper Kettle Ltd",
        "name_zh": "紙壺有限公司",
        "district": "KT",
        "street_or_estate": "12 Hung To Road",
        "contact_phone": "3999 1234",
    },
    "members.csv": {
        "brn": "91234567",
        "role": "provider_owner",
        "full_name": "Pat Wong",
        "email": "pat@paper-kettle.example",
        "language": "zh-hant",
    },
    "packages.csv": {
        "brn": "91234567",
        "category": "customer-management",
        "sector": "retail",
        "name_en": "Points",
        "name_zh_hant": "積分",
        "name_zh_hans": "积分",
        "description_en": "Points",
        "description_zh_hant": "積分",
        "description_zh_hans": "积分",
        "delivered_en": "Set-up",
        "delivered_zh_hant": "安裝",
        "delivered_zh_hans": "安装",
        "pricing": "monthly",
        "price": "4,166.66",
        "months": "24",
        "days_to_deploy": "14",
        "languages": "yue en",
        "support_days": "daily",
        "support_from": "9",
        "support_to": "18",
        "requirements": " ".join(MANDATORY),
    },
    "options.csv": {
        "brn": "91234567",
        "category": "customer-management",
        "sector": "retail",
        "name_en": "Cards",
        "name_zh_hant": "會員卡",
        "name_zh_hans": "会员卡",
        "price": "HK$1,200",
    },
}


def write(directory, **changes):
    """The good lists with changed cells, packages={"price": "1"}; a list writes several rows."""
    for name, columns in FILES.items():
        rows = changes.get(name.removesuffix(".csv"), {})
        rows = [GOOD[name] | row for row in (rows if isinstance(rows, list) else [rows])]
        with (directory / name).open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, [column.name for column in columns], restval="")
            writer.writeheader()
            writer.writerows(rows)
    return directory


def faults(directory):
    with pytest.raises(Faulty) as refusal:
        load(directory)
    assert not Organisation.objects.exists()
    return [(one.file, one.line, one.column) for one in refusal.value.faults]


def test_a_good_list_is_loaded_whole(db, tmp_path):
    assert load(write(tmp_path)) == {
        "providers": 1,
        "members": 1,
        "packages": 1,
        "options": 1,
        "changed": 1,
    }
    version = PackageVersion.objects.listed().get()
    assert (version.price_cents, version.months, version.languages) == (4_166_66, 24, ["yue", "en"])
    assert version.package.provider.organisation.identity.value == "91234567"
    assert Option.objects.get().price_cents == 1_200_00
    assert Membership.objects.get().account.email == "pat@paper-kettle.example"


def test_loading_again_changes_nothing_and_a_new_price_is_a_new_version(db, tmp_path):
    load(write(tmp_path))
    assert load(write(tmp_path))["changed"] == 0
    assert load(write(tmp_path, packages={"price": "4000"}))["changed"] == 1
    assert list(PackageVersion.objects.order_by("number").values_list("number", "price_cents")) == [
        (1, 4_166_66),
        (2, 4_000_00),
    ]
    assert Membership.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"organisations": {"brn": "C0012345"}}, ("organisations.csv", 2, "brn")),
        ({"organisations": {"name_en": "", "name_zh": ""}}, ("organisations.csv", 2, "name_en")),
        ({"organisations": {"district": "XX"}}, ("organisations.csv", 2, "district")),
        ({"organisations": {"contact_phone": "12"}}, ("organisations.csv", 2, "contact_phone")),
        ({"organisations": [{}, {}]}, ("organisations.csv", 3, "brn")),
        ({"members": {"email": ""}}, ("members.csv", 2, "email")),
        ({"members": {"role": "boss"}}, ("members.csv", 2, "role")),
        ({"members": {"brn": "99999999"}}, ("members.csv", 2, "brn")),
        ({"packages": {"sector": "mining"}}, ("packages.csv", 2, "sector")),
        ({"packages": {"price": "4166.67"}}, ("packages.csv", 2, "price")),
        (
            {"packages": {"pricing": "one_off", "months": "", "price": "100000.01"}},
            ("packages.csv", 2, "price"),
        ),
        ({"packages": {"price": "1e3"}}, ("packages.csv", 2, "price")),
        ({"packages": {"price": "0"}}, ("packages.csv", 2, "price")),
        ({"packages": {"months": ""}}, ("packages.csv", 2, "months")),
        ({"packages": {"months": "25"}}, ("packages.csv", 2, "months")),
        ({"packages": {"languages": "klingon"}}, ("packages.csv", 2, "languages")),
        ({"packages": {"requirements": "records"}}, ("packages.csv", 2, "requirements")),
        ({"packages": {"support_to": "9"}}, ("packages.csv", 2, "support_to")),
        ({"packages": {"name_zh_hans": ""}}, ("packages.csv", 2, "name_zh_hans")),
        ({"packages": {"name_en": "a\u202eb"}}, ("packages.csv", 2, "name_en")),
        ({"packages": [{}, {"name_en": "Twice"}]}, ("packages.csv", 3, "sector")),
        ({"options": {"sector": "tourism"}}, ("options.csv", 2, "brn")),
        ({"options": {"price": "0"}}, ("options.csv", 2, "price")),
    ],
)
def test_each_fault_is_found_where_it_is(db, tmp_path, changes, where):
    assert where in faults(write(tmp_path, **changes))


def test_all_faults_are_listed_together_and_nothing_is_saved(db, tmp_path):
    write(
        tmp_path,
        packages={"price": "x", "sector": "mining"},
        options={"price": "-1"},
        members={"role": "boss"},
    )
    found = faults(tmp_path)
    assert {
        ("packages.csv", 2, "price"),
        ("options.csv", 2, "price"),
        ("members.csv", 2, "role"),
    } <= set(found)


def test_missing_files_columns_and_bad_text(db, tmp_path):
    write(tmp_path)
    (tmp_path / "options.csv").unlink()
    (tmp_path / "members.csv").write_bytes(b"brn\xff")
    (tmp_path / "packages.csv").write_text("brn,colour\n1,red\n")
    found = faults(tmp_path)
    assert ("options.csv", 0, "") in found
    assert ("members.csv", 0, "") in found
    assert ("packages.csv", 1, "price") in found
    assert ("packages.csv", 1, "colour") in found


def test_the_command_prints_every_fault(db, tmp_path):
    errors = io.StringIO()
    with pytest.raises(CommandError, match="nothing was saved"):
        call_command("load_catalogue", str(write(tmp_path, packages={"price": "4166.67"})), stderr=errors)
    assert "packages.csv, line 2, price: A monthly price is at most HK$4,166.66" in errors.getvalue()
    printed = io.StringIO()
    call_command("load_catalogue", str(write(tmp_path)), stdout=printed)
    assert "1 providers with 1 members; 1 packages with 1 options, 1 of them new or changed" in printed.getvalue()
