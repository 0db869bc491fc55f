from django.urls import path

from participants.people import views, views_addresses, views_looks, views_succession

urlpatterns = [
    path("my-address/", views_addresses.my_address, name="my_address"),
    path("people/<uuid:public_id>/address/", views_addresses.record_address, name="record_address"),
    path("people/<uuid:public_id>/letter/", views_addresses.record_letter, name="record_letter"),
    path("people/", views.employees, name="employees"),
    path("people/new/", views.add_employee, name="add_employee"),
    path("people/<uuid:public_id>/account/", views.give_account, name="give_account"),
    path("people/<uuid:public_id>/personal-data/", views.personal_data, name="personal_data"),
    path("people/<uuid:public_id>/death/", views_succession.record_death, name="record_death"),
    path(
        "people/<uuid:public_id>/beneficiaries/",
        views_succession.beneficiaries,
        name="beneficiaries",
    ),
    path("people/<uuid:public_id>/succession/", views_succession.succession, name="succession"),
    path(
        "people/<uuid:public_id>/papers/<slug:digest>/",
        views_succession.evidence,
        name="evidence",
    ),
    path("people/looks/", views_looks.looks, name="looks"),
]
