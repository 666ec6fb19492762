from django.urls import path

from apps.programme import views

urlpatterns = [
    path("rules/", views.rules, name="rules"),
    path("rules/categories/<slug:code>/", views.requirements, name="requirements"),
]
