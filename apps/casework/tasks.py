from celery import shared_task

from apps.casework import services


@shared_task(name="casework.allot_waiting")
def allot_waiting():
    services.allot_waiting()
