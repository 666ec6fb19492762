from celery import shared_task

from apps.applications.services import asking, figures, funding, offers


@shared_task(name="applications.look_at_offers")
def look_at_offers():
    offers.look_at_offers()


@shared_task(name="applications.look_at_questions")
def look_at_questions():
    asking.look_at_questions()


@shared_task(name="applications.fund_waiting")
def fund_waiting():
    funding.fund_all()


@shared_task(name="applications.recompute_figures")
def recompute_figures():
    figures.recompute()
