from django.urls import include, path, register_converter

from ltip.program.converters import DayConverter, PeriodConverter

register_converter(PeriodConverter, "period")
register_converter(DayConverter, "day")

urlpatterns = [
    path("accounts/", include("ltip.accounts.urls")),
    path("", include("ltip.desk.urls")),
    path("committee/", include("committee.urls")),
    path("market/", include("ltip.program.urls")),
    path("jobs/", include("ltip.jobs.urls")),
    path("notices/", include("ltip.notices.urls")),
    path("", include("participants.urls")),
]
