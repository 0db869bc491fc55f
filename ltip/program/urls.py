from django.urls import path

from ltip.program.views import market, quarters, results, runs

app_name = "program"
urlpatterns = [
    path("", market.prices, name="prices"),
    path("securities/", market.securities, name="securities"),
    path("events/new/", market.security_event, name="security_event"),
    path("annual-reports/", market.annual_report, name="annual_report"),
    path("fiscal-quarters/", quarters.fiscal_quarters, name="fiscal_quarters"),
    path(
        "fiscal-quarters/<day:day>/withdraw/",
        quarters.withdraw_fiscal_quarter,
        name="withdraw_fiscal_quarter",
    ),
    path("results/<period:period>/", results.financial_results, name="financial_results"),
    path("runs/<period:period>/", runs.runs, name="runs"),
    path("runs/<period:period>/<uuid:public_id>/", runs.run, name="run"),
    path("runs/<period:period>/<uuid:public_id>/inputs.json", runs.run_inputs, name="run_inputs"),
]
