from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class OutboxConfig(AppConfig):
    name = "apps.outbox"
    label = "outbox"

    def ready(self):
        # Every announcing process must know who listens: deliveries are written with the act.
        autodiscover_modules("receivers")
