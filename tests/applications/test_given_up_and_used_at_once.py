"""A confirmation that is given up while an application is submitted with it: one of the two happens."""

import threading

from django.db import connection, transaction

from apps.catalogue import services
from apps.catalogue.models import Confirmation
from apps.core.errors import Refused
from apps.programme import services as programme
from tests.accounts.builders import applicant
from tests.builders import businesses, catalogue


def test_the_second_waits_for_the_first_and_is_refused(own_database, django_db_blocker):
    with django_db_blocker.unblock():
        programme.load_reference()
        assert one_after_the_other("withdraw", "use") == ["done", "enquiry_ended"]
        assert one_after_the_other("use", "withdraw") == ["done", "used"]


def one_after_the_other(first, second):
    """What came of both: the second starts when the first has done its work and not yet committed."""
    alice = applicant()
    promised = catalogue.confirmation(organisation=businesses.business(alice))
    verbs = {
        "withdraw": lambda: services.withdraw_enquiry(enquiry=promised.enquiry, by=alice),
        "use": lambda: services.use_confirmation(
            confirmation=Confirmation.objects.get(pk=promised.pk), application="DTSPP-2026-000001-X", by=alice
        ),
    }
    worked, answers = threading.Event(), {}

    def begin():
        with transaction.atomic():
            verbs[first]()
            worked.set()
            threading.Event().wait(0.5)
        answers[first] = "done"
        connection.close()

    def follow():
        worked.wait(5)
        try:
            verbs[second]()
            answers[second] = "done"
        except Refused as refused:
            answers[second] = refused.code
        finally:
            connection.close()

    threads = [threading.Thread(target=act) for act in (begin, follow)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [answers.get(first), answers.get(second)]
