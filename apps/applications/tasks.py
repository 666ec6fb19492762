from celery import shared_task

from apps.applications.services import funding, offers


@shared_task(name="applications.look_at_offers")
def look_at_offers():
    offers.look_at_offers()


@shared_task(name="applications.fund_waiting")
def fund_waiting():
    funding.fund_all()
