from django.urls import path, re_path

from apps.core import views

urlpatterns = [
    path("", views.root, name="root"),
    re_path(r"^(?P<path>(?!en/|zh-hant/|zh-hans/|static/|api/|healthz|readyz).+/)$", views.with_language),
]
