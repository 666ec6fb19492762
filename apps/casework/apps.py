from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "apps.casework"
    label = "casework"

    def ready(self):
        from apps.casework import receivers  # noqa: F401  (registers what it listens to)
