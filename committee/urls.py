from django.urls import path

from committee import views, views_package, views_readings

app_name = "committee"
urlpatterns = [
    path("", views.docket, name="docket"),
    path("acts/<uuid:public_id>/", views.act, name="act"),
    path("acts/<uuid:public_id>/sign/", views.sign, name="sign"),
    path("acts/<uuid:public_id>/decline/", views.decline, name="decline"),
    path("acts/<uuid:public_id>/withdraw/", views.withdraw, name="withdraw"),
    path("acts/<uuid:public_id>/package/", views_package.package, name="package"),
    path("acts/<uuid:public_id>/paper/", views_package.paper, name="paper"),
    path("minutes/", views.minutes, name="minutes"),
    path("readings/", views_readings.readings, name="readings"),
    path("readings/construe/", views_readings.construe, name="construe"),
    path("goals/<period:period>/", views.set_goal, name="set_goal"),
]
