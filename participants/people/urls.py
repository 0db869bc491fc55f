from django.urls import path

from participants.people import views

urlpatterns = [
    path("people/", views.employees, name="employees"),
    path("people/new/", views.add_employee, name="add_employee"),
    path("people/<uuid:public_id>/account/", views.give_account, name="give_account"),
    path("people/<uuid:public_id>/personal-data/", views.personal_data, name="personal_data"),
    path(
        "people/<uuid:public_id>/status/<slug:subject>/", views.change_status, name="change_status"
    ),
]
