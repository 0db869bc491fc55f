from django.urls import path

from ltip.program.views import (
    approval,
    comparing,
    doubts,
    market,
    quarters,
    results,
    run_exports,
    runs,
    trading,
)

app_name = "program"
urlpatterns = [
    path("", market.prices, name="prices"),
    path("securities/", market.securities, name="securities"),
    path("trading-days/", trading.trading_days, name="trading_days"),
    path("events/new/", market.security_event, name="security_event"),
    path(
        "events/<int:number>/evidence/",
        market.security_event_evidence,
        name="security_event_evidence",
    ),
    path(
        "events/<int:number>/withdraw/",
        market.withdraw_security_event,
        name="withdraw_security_event",
    ),
    path("annual-reports/", market.annual_report, name="annual_report"),
    path("stockholder-approval/", approval.stockholder_approval, name="stockholder_approval"),
    path(
        "stockholder-approval/paper/",
        approval.stockholder_approval_paper,
        name="stockholder_approval_paper",
    ),
    path("fiscal-quarters/", quarters.fiscal_quarters, name="fiscal_quarters"),
    path(
        "fiscal-quarters/<day:day>/withdraw/",
        quarters.withdraw_fiscal_quarter,
        name="withdraw_fiscal_quarter",
    ),
    path(
        "results/<int:number>/paper/",
        results.financial_result_paper,
        name="financial_result_paper",
    ),
    path("results/<period:period>/", results.financial_results, name="financial_results"),
    path("runs/<period:period>/", runs.runs, name="runs"),
    path("runs/<period:period>/compare/", comparing.runs_compared, name="runs_compared"),
    path("runs/<period:period>/<uuid:public_id>/", runs.run, name="run"),
    path("runs/<period:period>/<uuid:public_id>/inputs.json", runs.run_inputs, name="run_inputs"),
    path("runs/<period:period>/<uuid:public_id>/doubts.json", doubts.run_doubts, name="run_doubts"),
    path("doubts/<period:period>/", doubts.doubts, name="doubts"),
    path("doubts/<period:period>/<slug:key>/", doubts.correct_price, name="correct_price"),
    path(
        "runs/<period:period>/<uuid:public_id>/methods/",
        comparing.run_methods,
        name="run_methods",
    ),
    path(
        "runs/<period:period>/<uuid:public_id>/run.xlsx",
        run_exports.run_workbook,
        name="run_workbook",
    ),
    path("runs/<period:period>/<uuid:public_id>/run.csv", run_exports.run_csv, name="run_csv"),
    path(
        "runs/<period:period>/<uuid:public_id>/chart.svg",
        run_exports.run_chart_svg,
        name="run_chart_svg",
    ),
    path(
        "runs/<period:period>/<uuid:public_id>/chart.png",
        run_exports.run_chart_png,
        name="run_chart_png",
    ),
]
