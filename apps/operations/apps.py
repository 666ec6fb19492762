from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "apps.operations"
    label = "operations"

    def ready(self):
        from apps.operations import checks  # noqa: F401  registers what production refuses
