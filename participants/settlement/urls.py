from django.urls import path

from participants.settlement import views

urlpatterns = [
    path("my/awards/<uuid:award>/statement/", views.statement, name="statement"),
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
]
