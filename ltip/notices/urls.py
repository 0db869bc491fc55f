from django.urls import path

from ltip.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.log, name="log"),
    path("<uuid:public_id>/", views.message, name="message"),
    path("<uuid:public_id>/decide/", views.decide, name="decide"),
    path("<uuid:public_id>/paper/", views.paper, name="paper"),
]
