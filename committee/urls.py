from django.urls import path

from committee import (
    views,
    views_copies,
    views_elsewhere,
    views_goals,
    views_meeting_record,
    views_meetings,
    views_members,
    views_package,
    views_readings,
    views_revising,
)

app_name = "committee"
urlpatterns = [
    path("", views.docket, name="docket"),
    path("acts/<uuid:public_id>/", views.act, name="act"),
    path("acts/<uuid:public_id>/sign/", views.sign, name="sign"),
    path("acts/<uuid:public_id>/decline/", views.decline, name="decline"),
    path("acts/<uuid:public_id>/withdraw/", views.withdraw, name="withdraw"),
    path("acts/<uuid:public_id>/text/", views_revising.revise, name="revise"),
    path("acts/<uuid:public_id>/package/", views_package.package, name="package"),
    path(
        "acts/<uuid:public_id>/elsewhere/",
        views_elsewhere.record_elsewhere,
        name="record_elsewhere",
    ),
    path(
        "acts/<uuid:public_id>/document/",
        views_elsewhere.act_document,
        name="act_document",
    ),
    path("acts/<uuid:public_id>/paper/", views_package.paper, name="paper"),
    path("minutes/", views.minutes, name="minutes"),
    path("minutes/exports/", views_copies.exports, name="exports"),
    path("minutes/exports/<uuid:public_id>/", views_copies.export, name="export"),
    path("books/", views_copies.books, name="books"),
    path("books/<uuid:public_id>/", views_copies.book, name="book"),
    path("meetings/", views_meetings.meeting_list, name="meetings"),
    path("meetings/call/", views_meetings.call_meeting, name="call_meeting"),
    path("meetings/<uuid:public_id>/", views_meetings.meeting, name="meeting"),
    path("meetings/<uuid:public_id>/agenda/", views_meetings.put_on_agenda, name="put_on_agenda"),
    path(
        "meetings/<uuid:public_id>/agenda/<uuid:act>/strike/", views_meetings.strike, name="strike"
    ),
    path("meetings/<uuid:public_id>/cancel/", views_meetings.cancel, name="cancel_meeting"),
    path(
        "meetings/<uuid:public_id>/record/",
        views_meeting_record.record_meeting,
        name="record_meeting",
    ),
    path("meetings/<uuid:public_id>/close/", views_meetings.close, name="close_meeting"),
    path(
        "meetings/<uuid:public_id>/minutes/",
        views_meeting_record.correct_minutes,
        name="correct_minutes",
    ),
    path(
        "meetings/<uuid:public_id>/minutes/<int:record>/",
        views_meetings.minutes_document,
        name="minutes_document",
    ),
    path("members/", views_members.members, name="members"),
    path("members/seat/", views_members.seat, name="seat"),
    path("members/<uuid:public_id>/end/", views_members.end_term, name="end_term"),
    path("members/<uuid:public_id>/independence/", views_members.independence, name="independence"),
    path("members/terms/<int:record>/", views_members.correct_term, name="correct_term"),
    path("members/ends/<int:record>/", views_members.correct_end, name="correct_end"),
    path("readings/", views_readings.readings, name="readings"),
    path("readings/construe/", views_readings.construe, name="construe"),
    path("goals/<period:period>/", views_goals.set_goal, name="set_goal"),
]
