from celery import shared_task

from apps.documents import services


@shared_task(name="documents.discard_strays")
def discard_strays():
    services.discard_strays()
