from celery import shared_task

from apps.letters import services


@shared_task(name="letters.issue_waiting")
def issue_waiting_letters():
    return services.issue_waiting()
