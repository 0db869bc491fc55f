from django.urls import path

from participants.settlement import (
    views,
    views_early_taxes,
    views_electing,
    views_history,
    views_rates,
    views_remitting,
    views_selling,
)

urlpatterns = [
    path("my/awards/<uuid:award>/statement/", views.statement, name="statement"),
    path("my/awards/<uuid:award>/tax/", views_electing.pay_tax, name="pay_tax"),
    path("my/history/", views_history.my_history, name="my_history"),
    path("my/notices/<uuid:public_id>/", views_history.my_notice, name="my_notice"),
    path(
        "my/notices/<uuid:public_id>/paper/",
        views_history.my_notice_paper,
        name="my_notice_paper",
    ),
    path("settlement/<period:period>/", views.settlement, name="settlement"),
    path("settlement/<period:period>/condition/", views.tick_condition, name="tick_condition"),
    path(
        "settlement/<period:period>/prepare/", views.prepare_settlement, name="prepare_settlement"
    ),
    path(
        "settlement/<period:period>/approve/", views.approve_settlement, name="approve_settlement"
    ),
    path(
        "settlement/<period:period>/transfer-agent.csv",
        views.transfer_agent_file,
        name="transfer_agent_file",
    ),
    path(
        "settlement/<period:period>/remitted/<uuid:award>/",
        views_remitting.record_remittance,
        name="record_remittance",
    ),
    path(
        "settlement/<period:period>/early-taxes/",
        views_early_taxes.early_taxes_page,
        name="early_taxes",
    ),
    path(
        "settlement/<period:period>/early-taxes/draw-up/",
        views_early_taxes.draw_up_early_tax,
        name="draw_up_early_tax",
    ),
    path(
        "settlement/<period:period>/early-taxes/approve/",
        views_early_taxes.approve_early_tax,
        name="approve_early_tax",
    ),
    path("settlement/<period:period>/sales/", views_selling.sales, name="sales"),
    path(
        "settlement/<period:period>/sales/orders.csv", views_selling.sale_orders, name="sale_orders"
    ),
    path(
        "settlement/<period:period>/sales/record/", views_selling.record_sales, name="record_sales"
    ),
    path(
        "settlement/<period:period>/sales/window/",
        views_selling.record_window,
        name="record_window",
    ),
    path("tax-rates/", views_rates.tax_rates, name="tax_rates"),
    path("tax-rates/enter/", views_rates.enter_tax_rate, name="enter_tax_rate"),
    path("tax-rates/exchange/", views_rates.enter_exchange_rate, name="enter_exchange_rate"),
    path("tax-rates/approve/", views_rates.approve_rates, name="approve_rates"),
]
