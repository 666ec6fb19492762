"""The people of the demonstration. Their names say what they do; none of them exists."""

from dataclasses import dataclass

from django.db import transaction

from apps.accounts import services as accounts
from apps.accounts.models import Account
from apps.core import dates

PASSWORD = "harbour-lantern-84"  # noqa: S105  (printed by `up`; these people exist in demonstrations only)


@dataclass(frozen=True)
class Role:
    """One of the cast. `key` is the short name on the sign-in page; passwords are for officers."""

    key: str
    name: str
    email: str
    what_en: str
    what_zh_hant: str
    what_zh_hans: str
    roles: tuple = ()
    staff_number: str = ""
    phone: str = ""
    language: str = "en"
    present: bool = True


CAST = (
    Role(
        "dora",
        "Dora Leung",
        "dora@secretariat.example",
        "administrator",
        "系統管理員",
        "系统管理员",
        ("administrator",),
        "S001",
    ),
    Role(
        "dan",
        "Dan Kwok",
        "dan@secretariat.example",
        "administrator, the second person",
        "系統管理員（第二人）",
        "系统管理员（第二人）",
        ("administrator",),
        "S002",
    ),
    Role(
        "olive",
        "Olive Ho",
        "olive@secretariat.example",
        "case officer",
        "個案主任",
        "个案主任",
        ("case_officer",),
        "S010",
    ),
    Role("omar", "Omar Chan", "omar@secretariat.example", "approver", "批核人員", "批核人员", ("approver",), "S020"),
    Role("rita", "Rita Yeung", "rita@secretariat.example", "reviewer", "覆核人員", "复核人员", ("reviewer",), "S030"),
    Role(
        "ravi",
        "Ravi Mehta",
        "ravi@secretariat.example",
        "reviewer, the second person",
        "覆核人員（第二人）",
        "复核人员（第二人）",
        ("reviewer",),
        "S031",
    ),
    Role("sam", "Sam Lau", "sam@secretariat.example", "supervisor", "主管", "主管", ("supervisor",), "S040"),
    Role("hana", "Hana Ng", "hana@secretariat.example", "helpdesk", "服務台", "服务台", ("helpdesk",), "S050"),
    Role("ada", "Ada Tsang", "ada@audit.example", "auditor", "審計人員", "审计人员", ("auditor",), "S060"),
    Role(
        "alice",
        "陳美玲 Alice Chan",
        "alice@shop.example",
        "owner of a noodle shop",
        "麵家東主",
        "面家东主",
        phone="+85291230001",
        language="zh-hant",
    ),
    Role(
        "bob",
        "Bob Chan",
        "bob@shop.example",
        "helps Alice to fill in",
        "協助填表的人",
        "协助填表的人",
        phone="+85291230002",
    ),
    Role(
        "mallory",
        "Mallory Fung",
        "mallory@other.example",
        "owner of another business",
        "另一店的東主",
        "另一店的东主",
        phone="+85291230003",
    ),
    Role(
        "pat",
        "Pat Cheung",
        "pat@provider.example",
        "solution provider",
        "方案供應商",
        "方案供应商",
        phone="+85291230004",
    ),
    Role(
        "max",
        "Max Wong",
        "max@rival.example",
        "another solution provider",
        "另一方案供應商",
        "另一方案供应商",
        phone="+85291230005",
    ),
)
BY_KEY = {role.key: role for role in CAST}


@transaction.atomic
def make_cast(since):
    """Open an account for each, as at `since`: the administrators first."""
    with dates.clock_set_to(since):
        for role in CAST:
            if not Account.objects.filter(email=role.email).exists():
                accounts.create_demonstration_person(
                    full_name=role.name,
                    email=role.email,
                    phone=role.phone or None,
                    language=role.language,
                    roles=role.roles,
                    staff_number=role.staff_number or None,
                    password=PASSWORD,
                    present=bool(role.roles) and role.present,
                )


def account(key) -> Account:
    return Account.objects.get(email=BY_KEY[key].email)
