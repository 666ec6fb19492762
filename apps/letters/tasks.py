from celery import shared_task

from apps.letters import services


@shared_task
def issue_waiting_letters():
    return services.issue_waiting()
