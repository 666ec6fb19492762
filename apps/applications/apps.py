from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "apps.applications"
    label = "applications"

    def ready(self):
        from apps.applications import receivers  # noqa: F401  (registers what it listens to)
