from celery import shared_task

from apps.applications.services import asking, offers


@shared_task(name="applications.look_at_offers")
def look_at_offers():
    offers.look_at_offers()


@shared_task(name="applications.look_at_questions")
def look_at_questions():
    asking.look_at_questions()
