from django.urls import path

from apps.casework.views import advice, asking, case, decision, lines, lists, reviews, staffing, supervising

urlpatterns = [
    path("", lists.mine, name="mine"),
    path("due-soon/", lists.due_soon, name="due_soon"),
    path("second-person/", lists.second_person, name="second_person"),
    path("unallotted/", lists.unallotted, name="unallotted"),
    path("cases/", lists.every_case, name="cases"),
    path("case/<str:reference>/", case.case, name="case"),
    path("case/<str:reference>/notes/", case.note, name="note"),
    path("case/<str:reference>/documents/<uuid:document>/", case.open_document, name="document"),
    path("case/<str:reference>/questions/", asking.prepare, name="prepare_questions"),
    path("case/<str:reference>/questions/drop/", asking.drop, name="drop_question"),
    path("case/<str:reference>/questions/ask/", asking.ask, name="ask"),
    path("case/<str:reference>/lines/<str:code>/", lines.strike, name="strike"),
    path("case/<str:reference>/lines/<str:code>/allow/", lines.allow, name="allow"),
    path("case/<str:reference>/recommend/approve/", advice.approval, name="recommend_approval"),
    path("case/<str:reference>/recommend/decline/", advice.refusal, name="recommend_refusal"),
    path("case/<str:reference>/approve/", decision.approve, name="approve"),
    path("case/<str:reference>/decline/", decision.decline, name="decline"),
    path("case/<str:reference>/return/", decision.send_back, name="return"),
    path("case/<str:reference>/draw-again/", supervising.draw_again, name="draw_again"),
    path("case/<str:reference>/announce-again/", supervising.announce_again, name="announce_again"),
    path("presence/", staffing.presence, name="presence"),
    path("presence/<int:pk>/", staffing.set_presence, name="set_presence"),
    path("presence/<int:pk>/load/", staffing.load, name="load"),
    path("presence/<int:pk>/absence/", staffing.absence, name="absence"),
    path("presence/absences/<int:pk>/end/", staffing.end_absence, name="end_absence"),
    path("review/<str:reference>/", reviews.review, name="review"),
    path("review/<str:reference>/recommend/<str:kind>/", reviews.recommend, name="recommend_review"),
    path("review/<str:reference>/decide/<str:kind>/", reviews.decide, name="decide_review"),
]
