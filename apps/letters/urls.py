from django.urls import path

from apps.letters import views

app_name = "letters"
urlpatterns = [path("check/", views.check, name="check")]
