from django.urls import path

from apps.businesses.views import own, proof, proving

urlpatterns = [
    path("businesses/", own.my_businesses, name="list"),
    path("businesses/add/", own.add, name="add"),
    path("businesses/add/<slug:what>/", own.claim, name="claim"),
    path("businesses/<str:reference>/", own.business, name="business"),
    path("businesses/<str:reference>/change/<slug:section>/", own.change, name="change"),
    path("businesses/<str:reference>/proof/", proof.proof, name="proof"),
    path("businesses/<str:reference>/proof/letter/", proof.ask, name="ask_code"),
    path("desk/codes/", proving.letters, name="letters"),
    path("desk/codes/<str:number>/refuse/", proving.refuse, name="refuse_letter"),
    path("desk/proof/", proving.find, name="find"),
    path("desk/proof/<str:reference>/", proving.seen, name="seen"),
]
