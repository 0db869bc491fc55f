from django.urls import path

from participants.awards.urls import urlpatterns as awards
from participants.control.urls import urlpatterns as control
from participants.importing.urls import urlpatterns as importing
from participants.papers.urls import urlpatterns as papers
from participants.papers.views_hr import remind, signatures
from participants.people.urls import urlpatterns as people
from participants.settlement.urls import urlpatterns as settlement

app_name = "participants"
urlpatterns = [
    *importing,
    *people,
    *awards,
    *papers,
    *settlement,
    *control,
    path("enrolment/<period:period>/signatures/", signatures, name="signatures"),
    path("enrolment/<period:period>/signatures/remind/", remind, name="remind_to_sign"),
]
