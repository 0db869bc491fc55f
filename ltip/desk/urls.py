from django.urls import path

from ltip.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/<period:period>/", views.period, name="period"),
    path("program/", views.program, name="program"),
    path("traceability/", views.traceability, name="traceability"),
    path("demonstration/day/", views.move_day, name="next_day"),
]
