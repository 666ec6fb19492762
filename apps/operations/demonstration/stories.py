"""Forty cases that read like Hong Kong's, in every state."""

import datetime
from functools import partial

from apps.accounts import services as accounts
from apps.accounts.models import Account
from apps.businesses import services as businesses
from apps.businesses.models import Membership
from apps.catalogue.models import PackageVersion
from apps.core import dates
from apps.operations.demonstration import cast
from apps.operations.demonstration.walk import Walk
from apps.programme.models import Sector, StrikeReason

WAITING = 60  # the number of the case that waits for funds, beyond those of all scenes
SPRING = datetime.datetime(2025, 4, 1, 10, tzinfo=dates.HKT)

# name_zh, name_en, sector, district, street, legal form
SHOPS = (
    ("明記麵家", "Ming Kee Noodles", "food_beverage", "SSP", "88 Pei Ho Street 北河街88號", "sole_trader"),
    ("好運茶餐廳", "Good Luck Cafe", "food_beverage", "YTM", "12 Woosung Street 吳松街12號", "company"),
    ("海旁冰室", "Harbourside Ice Room", "food_beverage", "E", "31 Shau Kei Wan Road 筲箕灣道31號", "partnership"),
    ("阿婆糕點", "Grandma Cakes", "food_beverage", "YL", "5 Fau Tsoi Street 阜財街5號", "sole_trader"),
    ("南丫小館", "Lamma Bistro", "food_beverage", "IS", "7 Yung Shue Wan Main Street 榕樹灣大街7號", "company"),
    ("德興五金", "Tak Hing Hardware", "retail", "SSP", "140 Apliu Street 鴨寮街140號", "sole_trader"),
    ("綠葉花店", "Green Leaf Florist", "retail", "YTM", "60 Flower Market Road 花墟道60號", "company"),
    ("書山文具", "Book Hill Stationery", "retail", "ST", "18 Sha Tin Centre Street 沙田正街18號", "company"),
    ("新邨士多", "New Estate Store", "retail", "KT", "Shop 4, Shun On Estate 順安邨4號舖", "sole_trader"),
    ("鰂魚涌藥房", "Quarry Bay Dispensary", "retail", "E", "1000 King's Road 英皇道1000號", "company"),
    ("山海旅遊", "Hill and Sea Tours", "tourism", "TP", "22 Kwong Fuk Road 廣福道22號", "company"),
    ("步行香港導賞", "Walk Hong Kong Guides", "tourism", "CW", "9 Hollywood Road 荷李活道9號", "partnership"),
    ("一剪髮廊", "One Cut Salon", "personal_services", "WTS", "41 Tseuk Luk Street 爵祿街41號", "sole_trader"),
    ("清潔專家", "Clean House Experts", "personal_services", "TW", "77 Sha Tsui Road 沙咀道77號", "company"),
    ("好睇眼鏡", "See Well Optical", "retail", "TM", "3 Tuen Mun Heung Sze Wui Road 屯門鄉事會路3號", "company"),
    ("牛頭角生果檔", "Ngau Tau Kok Fruit Stall", "retail", "KT", "Pitch 17, Ting On Street 定安街17號檔", "hawker"),
)


def owner_of(number, name) -> Account:
    email = f"owner{number:02d}@shops.example"
    known = Account.objects.filter(email=email).first()
    return known or accounts.create_demonstration_person(
        full_name=name,
        email=email,
        phone=f"+8526{number:07d}",
        language=("zh-hant", "zh-hans", "en")[number % 3],
        password=cast.PASSWORD,
    )


def shop(number, owner):
    """The organisation of this number: the list's names, told apart by their branch in town."""
    name_zh, name_en, sector, district, street, legal_form = SHOPS[number % len(SHOPS)]
    turn = number // len(SHOPS)
    suffix_zh, suffix_en = (("", ""), ("（新店）", " New Shop"), ("（總店）", " Main Shop"))[turn % 3]
    details = {
        "name_zh": name_zh + suffix_zh,
        "name_en": name_en + suffix_en,
        "district": district,
        "street_or_estate": street,
        "contact_name": owner.person.full_name,
        "contact_phone": owner.phone or "",
        "contact_email": owner.email or "",
        "sector": _sector(sector),
    }
    if legal_form == "hawker":
        return businesses.add_business(
            by=owner,
            legal_form="hawker",
            licence_number=f"FP{number:05d}",
            licence_category="Fixed-pitch (other)",
            pitch=street,
            licence_expires_on=dates.today() + datetime.timedelta(days=200),
            **details,
        )
    return businesses.add_business(
        by=owner,
        legal_form=legal_form,
        brn=f"{52000000 + number * 1379}",
        br_expires_on=dates.today() + datetime.timedelta(days=240),
        **details,
    )


def _sector(code):
    return Sector.objects.filter(code__startswith=code.split("_")[0]).first()


class Stories:
    """Plays them; `now` is the machine's time for all, Pat the provider in each.

    A case's number says which shop it is, and no scene depends on another: two processes
    may each play some of them.
    """

    def __init__(self, now):
        self.now = now
        self.pat = cast.account("pat")
        self.versions = list(
            PackageVersion.objects.listed()
            .filter(package__provider__organisation__memberships__account=self.pat)
            .prefetch_related("options")
        )
        # The longest first: whoever has played one takes the next.
        self.scenes = [self._alice, *self._old_ones(), *self._offers(), *self._in_hand()]

    def play(self, place):
        """The scene at this place; Alice's, the first, has two cases."""
        self.number = place + 1 if place else 0
        self.scenes[place]()

    def walk(self, days_ago, *, owner=None, at=None, options=None):
        """A case that began so many days ago, through the provider's confirmation."""
        number = self.number
        self.number += 1
        start = at or self.now - datetime.timedelta(days=days_ago, hours=number % 5)
        with dates.clock_set_to(start - datetime.timedelta(hours=3)):
            owner = owner or owner_of(number, SHOPS[number % len(SHOPS)][0] + "東主")
            organisation = shop(number, owner)
        version = self._version_for(organisation, number)
        chosen = list(version.options.all())[: number % 3 if options is None else options]
        return Walk(
            start, owner=owner, organisation=organisation, version=version, options=chosen, provider_member=self.pat
        ).enquire()

    def _version_for(self, organisation, number):
        same = [v for v in self.versions if v.package.sector_id == organisation.sector_id] or self.versions
        return same[number % len(same)]

    def submitted(self, days_ago, **when):
        return self.walk(days_ago, **when).confirm().start().fill().submit()

    def refused(self, days_ago, **when):
        advised = self.submitted(days_ago, **when).recommend(kind="decline", reasons=[self.reason("for_decline")])
        return advised.decide("decline")

    def waits_for_funds(self):
        """Approved before the programme's budget was opened, and held since: it keeps its place.

        Nothing else would let one stand while money is there, and a newcomer's own approval
        would wait behind it were it not held.
        """
        self.number = WAITING
        walk = self.submitted(20).recommend().decide()
        walk.report("did_not_apply", "I have not applied for anything. Who used our number?", hours=24 * 14)

    def _alice(self):
        """The newcomer's own: an offer to accept, and a second shop whose draft is half filled."""
        alice = cast.account("alice")
        walk = self.submitted(13, owner=alice, options=2).recommend().decide()
        with dates.clock_set_to(walk.moment):
            businesses.add_member(
                by=alice, organisation=walk.organisation, account=cast.account("bob"), role=Membership.Role.PREPARER
            )
        self.walk(2, owner=alice).confirm().start().fill(upto="owners")

    def _old_ones(self):
        """Round 1's last weeks: cases that have run their whole course."""
        day = datetime.timedelta(days=1)
        return [
            self._won_on_review,
            self._lost_on_review,
            lambda: self.submitted(0, at=SPRING).recommend().decide().let_lapse(),
            *[partial(self._accepted, 0, at=SPRING + day * place) for place in range(3)],
        ]

    def _won_on_review(self):
        walk = self.refused(0, at=SPRING + datetime.timedelta(days=4))
        walk.ask_for_review("The licence is in my late husband's name and passed to me in March.")
        walk.answer_review(
            "approve", "The licence has passed to you; the application is approved.", "牌照已轉到你名下，申請獲批准。"
        ).accept()

    def _lost_on_review(self):
        walk = self.refused(0, at=SPRING + datetime.timedelta(days=5)).ask_for_review("We are open every day.")
        walk.answer_review("uphold", "No sign of operation was found at the address.", "在該地址未見營業跡象。")

    def _accepted(self, days_ago, **when):
        self.submitted(days_ago, **when).recommend().decide().accept()

    def _offers(self):
        return [
            *[partial(self._accepted, 22)] * 5,
            lambda: self.refused(20),
            lambda: self.submitted(18).recommend().decide("send_back", words="Look again at the second option."),
            *[lambda: self.submitted(16).recommend().decide()] * 4,
            self._reduced,
            lambda: self.submitted(14).withdraw(),
        ]

    def _reduced(self):
        walk = self.submitted(15, options=1)
        return walk.strike(f"option:{walk.options[0].pk}", *self.reason("for_lines")).recommend().decide()

    def _in_hand(self):
        return [
            lambda: self.submitted(12).recommend(kind="decline", reasons=[self.reason("for_decline")]),
            *[lambda: self.submitted(12).recommend()] * 4,
            lambda: self.submitted(28).ask().say_nothing(),
            lambda: self.submitted(9).ask().answer(),
            *[lambda: self.submitted(6).ask()] * 2,
            *[lambda: self.submitted(9)] * 6,
            lambda: self.submitted(4, owner=cast.account("mallory")),
            self._nobody_for_it,
            self._reported,
            *[lambda: self.walk(6).confirm().start().fill(upto="documents")] * 3,
            *[lambda: self.walk(3).confirm()] * 2,
            lambda: self.walk(1),
        ]

    def _reported(self):
        """A neighbour says that money was offered, and names the case; another names nobody's."""
        walk = self.submitted(8).recommend()
        walk.report("offered_money", "有人在街市說，只要以我的名義申請，便給我八百元。", language="zh-hant")
        walk.report(
            "someone_at_the_door",
            "A woman with a badge asked at our counter for copies of the business registration.",
            hours=2,
            provider_name="Bright Harbour Agency",
        )

    def _nobody_for_it(self):
        """The only case officer present helps in this shop: the case is the supervisor's to solve."""
        walk = self.walk(7).confirm().start().fill()
        with dates.clock_set_to(walk.moment):
            businesses.add_member(
                by=walk.owner,
                organisation=walk.organisation,
                account=cast.account("olive"),
                role=Membership.Role.PREPARER,
            )
        walk.submit()

    def reason(self, use):
        kept = StrikeReason.objects.filter(**{use: True}).first()
        if kept.needs_words:
            return kept.code, "See the letter of 3 October.", "請參閱10月3日的信件。"
        return kept.code, "", ""
