from django.urls import path

from apps.front.api import api

_mounted = api.urls
for route in _mounted[0]:
    route.callback.audience = ("public",)

urlpatterns = [path("", _mounted)]
