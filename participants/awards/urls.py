from django.urls import path

from participants.awards import views

urlpatterns = [
    path("people/<uuid:public_id>/", views.employee, name="employee"),
    path("people/<uuid:public_id>/leaving/", views.end_service, name="end_service"),
    path("enrolment/<period:period>/", views.enrol, name="enrolment"),
    path("enrolment/<period:period>/submit/", views.submit_enrolment, name="submit_enrolment"),
    path("certify/<period:period>/", views.propose_certification, name="propose_certification"),
]
