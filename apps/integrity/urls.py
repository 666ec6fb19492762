from django.urls import path

from apps.integrity.views import helpdesk, holds, reporting

urlpatterns = [
    path("report/", reporting.report, name="report"),
    path("report/sent/", reporting.sent, name="sent"),
    path("desk/helpdesk/", helpdesk.helpdesk, name="helpdesk"),
    path("desk/helpdesk/contact/", helpdesk.call, name="call"),
    path("desk/helpdesk/report/", helpdesk.record, name="record"),
    path("desk/held/", holds.held, name="held"),
    path("desk/held/<str:number>/", holds.file, name="file"),
    path("desk/held/<str:number>/next-word/", holds.next_word, name="next_word"),
    path("desk/held/<str:number>/close/", holds.close, name="close"),
    path("desk/reports/<str:reference>/", holds.concern, name="concern"),
    path("desk/reports/<str:reference>/match/", holds.match, name="match"),
    path("desk/reports/<str:reference>/set-aside/", holds.set_aside, name="set_aside"),
    path("desk/reports/<str:reference>/forget/", holds.forget, name="forget"),
]
