"""What the worker's clock does for the catalogue."""

from celery import shared_task

from apps.catalogue import services


@shared_task(name="catalogue.lapse")
def lapse():
    services.lapse_enquiries()
