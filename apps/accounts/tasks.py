"""What the worker runs."""

from celery import shared_task

from apps.accounts import services


@shared_task(name="accounts.forget_codes")
def forget_codes():
    services.forget_codes()
