from django.urls import path

from committee import views, views_package, views_readings, views_revising

app_name = "committee"
urlpatterns = [
    path("", views.docket, name="docket"),
    path("acts/<uuid:public_id>/", views.act, name="act"),
    path("acts/<uuid:public_id>/sign/", views.sign, name="sign"),
    path("acts/<uuid:public_id>/decline/", views.decline, name="decline"),
    path("acts/<uuid:public_id>/withdraw/", views.withdraw, name="withdraw"),
    path("acts/<uuid:public_id>/text/", views_revising.revise, name="revise"),
    path("acts/<uuid:public_id>/package/", views_package.package, name="package"),
    path("minutes/", views.minutes, name="minutes"),
    path("readings/", views_readings.readings, name="readings"),
    path("readings/construe/", views_readings.construe, name="construe"),
    path("goals/<period:period>/", views.set_goal, name="set_goal"),
]
