from django.urls import path

from ltip.desk import views, views_calendar, views_second_factor

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
    path("calendar/", views_calendar.calendar, name="calendar"),
    path("calendar/address/", views_calendar.calendar_address, name="calendar_address"),
    path("calendar/feed/<str:secret>.ics", views_calendar.feed, name="feed"),
    path("calendar/<period:period>/", views.period, name="period"),
    path("second-factor/", views_second_factor.second_factor, name="second_factor"),
    path("second-factor/set-up/", views_second_factor.set_up, name="set_up_second_factor"),
    path("second-factor/remove/", views_second_factor.remove, name="remove_second_factor"),
    path(
        "second-factor/recovery-codes/", views_second_factor.recovery_codes, name="recovery_codes"
    ),
    path("program/", views.program, name="program"),
    path("traceability/", views.traceability, name="traceability"),
    path("demonstration/day/", views.move_day, name="next_day"),
]
