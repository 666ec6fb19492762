"""Guessing and flooding, counted in the database so that every worker counts alike.

No limit stands on a network address alone at a height that a busy market's 300 honest
people would reach: the tight ones join the contact with the address.
"""

from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import Tries
from apps.core import dates
from apps.core.errors import RuleBroken

_COUNT = """
INSERT INTO accounts_tries AS old (key, started_at, count) VALUES (%(key)s, %(now)s, 1)
ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN old.started_at <= %(past)s THEN 1 ELSE old.count + 1 END,
    started_at = CASE WHEN old.started_at <= %(past)s THEN %(now)s ELSE old.started_at END
RETURNING count
"""

QUARTER, HOUR, DAY = timedelta(minutes=15), timedelta(hours=1), timedelta(days=1)
# High enough for a market hall; it only stops a machine that texts the whole town.
PER_PLACE = getattr(settings, "CODES_PER_PLACE_AN_HOUR", 3000)
# (what is counted together, how many, in what time)
SENDING = (
    (("contact", "place"), 5, QUARTER),
    (("contact",), 10, HOUR),
    (("place",), PER_PLACE, HOUR),
)
PASSWORD = (
    (("contact", "place"), 10, QUARTER),
    (("contact",), 50, HOUR),
    (("place",), PER_PLACE, HOUR),
)
CODE = ((("contact", "place"), 50, DAY),)
# Beyond these, whoever tries, each code bears one try: guessing slows, and the owner of the contact still gets in.
CODE_FROM_ANYWHERE = ((("contact",), 50, DAY),)
ACT = ((("contact",), 10, QUARTER),)


def count(name: str, window: timedelta) -> int:
    """How often this happened in the running window, this time included."""
    now = dates.now()
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"key": _digest(name), "now": now, "past": now - window})
        return cursor.fetchone()[0]


def spend(kind: str, limits, **who) -> None:
    """Count one more try under each limit; raise RuleBroken when one is used up.

    Call it outside the verb's transaction: a refusal must not roll its own count back.
    """
    for parts, most, window in limits:
        if parts == ("place",) and not who["place"]:
            continue
        if count(_name(kind, parts, who), window) > most:
            raise RuleBroken(
                _("Too many tries. Wait %(minutes)d minutes, then try again.")
                % {"minutes": window.total_seconds() // 60},
                "too_many_tries",
            )


def count_beyond(kind: str, limits, **who) -> bool:
    """Count one more try under each limit, and tell whether one is passed: for slowing, not for refusing."""
    counts = [count(_name(kind, parts, who), window) > most for parts, most, window in limits]
    return any(counts)


def used_up(kind: str, limits, **who) -> bool:
    """Whether a limit is used up already; counts nothing."""
    return any(
        Tries.objects.filter(
            pk=_digest(_name(kind, parts, who)),
            count__gte=most,
            started_at__gt=dates.now() - window,
        ).exists()
        for parts, most, window in limits
    )


def forgive(kind: str, limits, **who) -> None:
    """The try was right: what was counted for this contact is forgotten."""
    names = [_name(kind, parts, who) for parts, _most, _window in limits if "contact" in parts]
    Tries.objects.filter(pk__in=[_digest(name) for name in names]).delete()


def _name(kind, parts, who):
    return ":".join([kind, *parts, *(str(who[part]) for part in parts)])


def _digest(name):
    return salted_hmac("accounts.tries", name, algorithm="sha256").hexdigest()
