from django.urls import path

from participants.importing import views

urlpatterns = [
    path("people/import/", views.import_employees, name="import_employees"),
    path("people/import/template.<slug:kind>", views.import_template, name="import_template"),
    path("people/import/<uuid:public_id>/", views.employee_import, name="employee_import"),
    path("people/import/<uuid:public_id>/columns/", views.import_columns, name="import_columns"),
    path("people/import/<uuid:public_id>/compare/", views.compare_import, name="compare_import"),
    path("people/import/<uuid:public_id>/apply/", views.apply_import, name="apply_import"),
    path("people/import/<uuid:public_id>/discard/", views.discard_import, name="discard_import"),
    path("people/import/<uuid:public_id>/left-out.csv", views.import_faults, name="import_faults"),
]
