"""Two presses in the same moment, on real connections: one decision, and the loser hears who was first."""

import functools
import threading

from django.db import connection

from apps.casework import services as casework
from apps.casework.models import Decision, Load
from apps.core import dates
from apps.core.errors import Refused
from tests.builders import cases
from tests.casework.conftest import cast


def test_two_presses_leave_one_decision(own_database, django_db_blocker, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    with django_db_blocker.unblock():
        cases.programme_stands()
        office = cast()
        case = cases.draft(version=office.version).filled().submitted().allotted().recommended()
        case.confirm_act(office.omar, "approve")
        case.confirm_act(office.omar, "decline")
        answers = both(
            lambda: casework.approve(case.reference, seen_sha256=case.advice.sha256, by=office.omar),
            lambda: casework.decline(
                case.reference, seen_sha256=case.advice.sha256, reasons=[("other-sector", "", "")], by=office.omar
            ),
        )
        assert sorted(answers) == ["decided", "done"]
        assert Decision.objects.count() == 1
        assert case.row.outcomes.count() == 1


def test_two_draws_give_nobody_more_than_his_load(own_database, django_db_blocker, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    with django_db_blocker.unblock():
        cases.programme_stands()
        office = cast()
        Load.objects.create(
            person=office.olive.person, from_day=dates.today(), most=1, set_by=office.sam.person, set_at=dates.now()
        )
        waiting = [cases.draft(version=office.version).filled().submitted() for _number in range(2)]
        both(*(functools.partial(casework.allot, case.reference) for case in waiting))
        assert sorted(case.row.state for case in waiting) == ["assessing", "submitted"]


def both(*verbs):
    """What came of verbs that start together, each in a thread and connection of its own."""
    start, answers = threading.Barrier(len(verbs)), []

    def press(verb):
        try:
            start.wait()
            verb()
            answers.append("done")
        except Refused as refused:
            answers.append(refused.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=[verb]) for verb in verbs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
