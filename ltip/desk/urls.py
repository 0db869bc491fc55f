from django.urls import path

from ltip.desk import views, views_calendar

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
    path("calendar/", views_calendar.calendar, name="calendar"),
    path("calendar/address/", views_calendar.calendar_address, name="calendar_address"),
    path("calendar/feed/<str:secret>.ics", views_calendar.feed, name="feed"),
    path("calendar/<period:period>/", views.period, name="period"),
    path("program/", views.program, name="program"),
    path("traceability/", views.traceability, name="traceability"),
    path("demonstration/day/", views.move_day, name="next_day"),
]
