from django.urls import path

from apps.applications.views import (
    documents,
    drafting,
    earlier,
    ending,
    letters,
    offer,
    questions,
    reviews,
    submission,
)

urlpatterns = [
    path("applications/with-earlier-answers/", earlier.carried, name="carried"),
    path("applications/start/<str:enquiry>/", drafting.start, name="start"),
    path("applications/<str:reference>/tasks/", drafting.tasks, name="tasks"),
    path("applications/<str:reference>/owners/", drafting.owners, name="owners"),
    path("applications/<str:reference>/owners/remove/", drafting.remove_owner, name="remove_owner"),
    path("applications/<str:reference>/documents/", documents.documents, name="documents"),
    path("applications/<str:reference>/documents/<uuid:document>/", documents.open_one, name="document"),
    path("applications/<str:reference>/documents/<uuid:document>/remove/", documents.remove, name="remove_document"),
    path("applications/<str:reference>/section/<slug:slug>/", drafting.section, name="section"),
    path("applications/<str:reference>/check/", submission.check, name="check"),
    path("applications/<str:reference>/submitted/", submission.submitted, name="submitted"),
    path("applications/<str:reference>/questions/", questions.questions, name="questions"),
    path("applications/<str:reference>/questions/<int:place>/", questions.words, name="question"),
    path("applications/<str:reference>/reinstate/", questions.reinstate, name="reinstate"),
    path("applications/<str:reference>/reopen/", questions.reopen, name="reopen"),
    path("applications/<str:reference>/offer/", offer.offer, name="offer"),
    path("applications/<str:reference>/withdraw/", ending.withdraw, name="withdraw"),
    path("applications/<str:reference>/review/", reviews.ask, name="review"),
    path("applications/<str:reference>/review/withdraw/", reviews.withdraw, name="withdraw_review"),
    path("applications/<str:reference>/letters/<str:number>/", letters.page, name="letter"),
    path("applications/<str:reference>/letters/<str:number>.pdf", letters.pdf, name="letter_pdf"),
]
