from django.urls import path

from apps.catalogue.views import answering, browsing, enquiring

urlpatterns = [
    path("packages/", browsing.packages, name="packages"),
    path("packages/<int:number>/", browsing.package, name="package"),
    path("packages/<int:number>/enquire/", enquiring.enquire, name="enquire"),
    path("enquiries/<str:reference>/", enquiring.enquiry, name="enquiry"),
    path("enquiries/<str:reference>/withdraw/", enquiring.withdraw, name="enquiry_withdraw"),
    path("provider/enquiries/", answering.enquiries, name="enquiries"),
    path("provider/enquiries/<str:reference>/", answering.answer, name="enquiry_answer"),
    path("provider/enquiries/<str:reference>/decline/", answering.decline, name="enquiry_decline"),
]
