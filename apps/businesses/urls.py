from django.urls import path

from apps.businesses import views

urlpatterns = [
    path("", views.my_businesses, name="list"),
    path("add/", views.add, name="add"),
    path("add/<slug:what>/", views.claim, name="claim"),
    path("<str:reference>/", views.business, name="business"),
    path("<str:reference>/change/<slug:section>/", views.change, name="change"),
]
