"""What the worker runs. Each does one thing in a transaction of its own."""

from celery import shared_task

from apps.outbox import services


@shared_task(name="outbox.deliver")
def deliver(number):
    services.deliver(number)


@shared_task(name="outbox.hand_over")
def hand_over(number):
    services.hand_over(number)


@shared_task(name="outbox.sweep")
def sweep():
    services.sweep()
