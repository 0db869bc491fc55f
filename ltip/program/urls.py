from django.urls import path

from ltip.program.views import market, runs

app_name = "program"
urlpatterns = [
    path("", market.prices, name="prices"),
    path("securities/", market.securities, name="securities"),
    path("events/new/", market.security_event, name="security_event"),
    path("annual-reports/", market.annual_report, name="annual_report"),
    path("runs/<period:period>/", runs.runs, name="runs"),
    path("runs/<period:period>/<uuid:public_id>/", runs.run, name="run"),
    path("runs/<period:period>/<uuid:public_id>/inputs.json", runs.run_inputs, name="run_inputs"),
]
