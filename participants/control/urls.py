from django.urls import path

from participants.control import views, views_parachutes

urlpatterns = [
    path("change-in-control/", views.change_in_control, name="change_in_control"),
    path(
        "change-in-control/<uuid:public_id>/document/",
        views.control_document,
        name="control_document",
    ),
    path("parachutes/", views_parachutes.parachutes, name="parachutes"),
    path("parachutes/new/", views_parachutes.compare_parachute, name="compare_parachute"),
    path("parachutes/<uuid:public_id>/", views_parachutes.parachute, name="parachute"),
    path("parachutes/<uuid:public_id>/paper/", views_parachutes.firm_paper, name="firm_paper"),
]
