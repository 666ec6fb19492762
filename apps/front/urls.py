from django.urls import path

from apps.front import views

urlpatterns = [
    path("", views.home, name="home"),
    path("start/", views.start, name="start"),
    path("estimate/", views.estimate, name="estimate"),
    path("eligibility/", views.check, name="check"),
    path("eligibility/outcome/", views.check_outcome, name="check_outcome"),
    path("eligibility/apply/", views.check_apply, name="check_apply"),
    path("cases/", views.mine, name="mine"),
    path("cases/<str:reference>/", views.case, name="case"),
    path("jobs/", views.jobs, name="jobs"),
    path("accessibility/", views.words, {"page": "accessibility"}, name="accessibility"),
    path("privacy/", views.words, {"page": "privacy"}, name="privacy"),
    path("retention/", views.words, {"page": "retention"}, name="retention"),
    path("contact/", views.words, {"page": "contact"}, name="contact"),
    path("service-status/", views.status_of_service, name="status_of_service"),
]
