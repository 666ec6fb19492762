from django.apps import AppConfig


class BusinessesConfig(AppConfig):
    name = "apps.businesses"
    label = "businesses"

    def ready(self):
        from apps.businesses import permissions
        from apps.core.pages import audience_test

        audience_test("applicant")(permissions.may_apply)
        audience_test("provider")(permissions.provides)
