from django.urls import path

from committee import views, views_elsewhere, views_readings

app_name = "committee"
urlpatterns = [
    path("", views.docket, name="docket"),
    path("acts/<uuid:public_id>/", views.act, name="act"),
    path("acts/<uuid:public_id>/sign/", views.sign, name="sign"),
    path("acts/<uuid:public_id>/decline/", views.decline, name="decline"),
    path("acts/<uuid:public_id>/withdraw/", views.withdraw, name="withdraw"),
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
    path("minutes/", views.minutes, name="minutes"),
    path("readings/", views_readings.readings, name="readings"),
    path("readings/construe/", views_readings.construe, name="construe"),
    path("goals/<period:period>/", views.set_goal, name="set_goal"),
]
