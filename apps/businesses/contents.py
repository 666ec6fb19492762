"""Hong Kong's eighteen districts, and the words this floor keeps as lists."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class District:
    """A District Council district: code, region (hk, kl, nt) and its official names."""

    code: str
    region: str
    name_en: str
    name_zh_hant: str
    name_zh_hans: str


REGIONS = {
    "hk": _("Hong Kong Island"),
    "kl": _("Kowloon"),
    "nt": _("New Territories and outlying islands"),
}

# Source: the 18 districts of the District Councils Ordinance (Cap. 547), Schedule 1.
_ALL = (
    District("CW", "hk", "Central and Western", "中西區", "中西区"),
    District("WC", "hk", "Wan Chai", "灣仔區", "湾仔区"),
    District("E", "hk", "Eastern", "東區", "东区"),
    District("S", "hk", "Southern", "南區", "南区"),
    District("YTM", "kl", "Yau Tsim Mong", "油尖旺區", "油尖旺区"),
    District("SSP", "kl", "Sham Shui Po", "深水埗區", "深水埗区"),
    District("KC", "kl", "Kowloon City", "九龍城區", "九龙城区"),
    District("WTS", "kl", "Wong Tai Sin", "黃大仙區", "黄大仙区"),
    District("KT", "kl", "Kwun Tong", "觀塘區", "观塘区"),
    District("KWT", "nt", "Kwai Tsing", "葵青區", "葵青区"),
    District("TW", "nt", "Tsuen Wan", "荃灣區", "荃湾区"),
    District("TM", "nt", "Tuen Mun", "屯門區", "屯门区"),
    District("YL", "nt", "Yuen Long", "元朗區", "元朗区"),
    District("N", "nt", "North", "北區", "北区"),
    District("TP", "nt", "Tai Po", "大埔區", "大埔区"),
    District("ST", "nt", "Sha Tin", "沙田區", "沙田区"),
    District("SK", "nt", "Sai Kung", "西貢區", "西贡区"),
    District("IS", "nt", "Islands", "離島區", "离岛区"),
)
DISTRICTS = {one.code: one for one in _ALL}
DISTRICT_CHOICES = [(one.code, one.name_en) for one in _ALL]


def district_name(code: str, language: str) -> str:
    """The district's name in "en", "zh-hant" or "zh-hans"; empty for no district."""
    return getattr(DISTRICTS[code], "name_" + language.replace("-", "_")) if code else ""
