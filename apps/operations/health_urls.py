"""Addresses for machines: without a language, so that no probe has to follow a redirect."""

from django.urls import path

from apps.operations import views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
