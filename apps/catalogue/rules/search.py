"""How words are folded before they are compared, so that any script finds the same package.

Chinese words mostly have two characters, which trigrams never find: so each single and
each paired character is a term of its own. Traditional and Simplified fold together.
"""

import re
import unicodedata
from functools import cache

_HAN = re.compile("[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]+")
_LATIN = re.compile(r"[a-z0-9]+")
LONGEST_QUERY, MOST_WORDS = 100, 6


@cache
def _to_simplified():
    from opencc import OpenCC  # loading its tables takes 50 ms: only where something is folded

    return OpenCC("t2s")


def fold(text: str) -> str:
    """NFKC, lower case, Simplified."""
    return _to_simplified().convert(unicodedata.normalize("NFKC", text).lower())


def latin_of(folded: str) -> str:
    """The Latin words and digits of folded text, one space between."""
    return " ".join(_LATIN.findall(_without_accents(folded)))


def chars_of(folded: str) -> list[str]:
    """Each single Chinese character and each pair of neighbours, sorted, once."""
    runs = _HAN.findall(folded)
    return sorted({run[at : at + size] for run in runs for size in (1, 2) for at in range(len(run) - size + 1)})


def terms_of_query(text: str) -> tuple[list[str], list[str]]:
    """What a searcher typed, as (Latin words, Chinese terms); of a run of characters its pairs."""
    folded = fold(text[:LONGEST_QUERY])
    words = latin_of(folded).split()[:MOST_WORDS]
    terms = []
    for run in _HAN.findall(folded):
        terms += [run] if len(run) == 1 else [run[at : at + 2] for at in range(len(run) - 1)]
    return words, terms


def pattern_of(text: str) -> str:
    """A regular expression of PostgreSQL for these words in either script, whatever stands between; "" for none.

    For names that stand in no index: each character stands for all that fold to the same.
    """
    words = re.findall(r"\w+", fold(text[:LONGEST_QUERY]))
    return r"\W*".join("".join(_one_of(character) for character in word) for word in words)


def _one_of(character):
    alike = _alike().get(character, "") if _HAN.match(character) else ""
    return f"[{alike}]" if len(alike) > 1 else character


@cache
def _alike():
    """{Simplified character: all that fold to it}."""
    every = [chr(code) for code in range(0x3400, 0xA000)]
    found = {}
    for character, folded in zip(every, fold("\n".join(every)).split("\n"), strict=True):
        found[folded] = found.get(folded, "") + character
    return found


def _without_accents(text):
    return "".join(one for one in unicodedata.normalize("NFD", text) if not unicodedata.combining(one))
