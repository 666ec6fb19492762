from django.urls import path

from apps.operations import views

urlpatterns = [
    path("demonstration/cast/", views.cast, name="cast"),
    path("demonstration/messages/", views.messages, name="messages"),
    path("demonstration/messages/<int:number>/", views.message, name="message"),
]
