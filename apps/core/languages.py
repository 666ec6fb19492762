"""Which of the three languages a browser's wish means (U44).

Django takes the first zh it finds for any unknown zh-*; Hong Kong, Taiwan and Macau
read 繁, the mainland and Singapore 简.
"""

CHOICES = [("en", "English"), ("zh-hant", "繁體中文"), ("zh-hans", "简体中文")]
SHORT = {"en": "EN", "zh-hant": "繁", "zh-hans": "简"}
_CHINESE = {
    "zh-hk": "zh-hant",
    "zh-tw": "zh-hant",
    "zh-mo": "zh-hant",
    "zh-hant": "zh-hant",
    "zh-cn": "zh-hans",
    "zh-sg": "zh-hans",
    "zh-hans": "zh-hans",
    "zh": "zh-hant",
    "yue": "zh-hant",
}


def from_path(path: str) -> str | None:
    """The language an address stands in: /zh-hant/packages/ → "zh-hant"."""
    first = path.lstrip("/").split("/", 1)[0]
    return first if first in SHORT else None


def in_language(path: str, code: str) -> str:
    """The same page in another language."""
    current = from_path(path)
    rest = path[len(current) + 1 :] if current else path
    return f"/{code}{rest}"


def wished(request) -> str:
    """For an address without a language: what was chosen here before, then the browser's."""
    chosen = request.COOKIES.get("language")
    return chosen if chosen in SHORT else best(request.headers.get("Accept-Language", ""))


def best(header: str) -> str:
    """The language for an Accept-Language header; English when nothing fits."""
    for tag in _by_wish(header):
        if tag == "en" or tag.startswith("en-"):
            return "en"
        parts = tag.split("-")
        for length in range(len(parts), 0, -1):
            found = _CHINESE.get("-".join(parts[:length]))
            if found:
                return found
    return "en"


def _by_wish(header):
    wishes = []
    for place, item in enumerate(header[:500].split(",")):
        tag, _, weight = item.strip().lower().partition(";q=")
        try:
            wishes.append((-float(weight or 1), place, tag))
        except ValueError:
            continue
    return [tag for weight, _, tag in sorted(wishes) if tag and weight]
