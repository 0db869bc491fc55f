from django.urls import path

from ltip.jobs import views

app_name = "jobs"
urlpatterns = [path("<uuid:public_id>/", views.job, name="job")]
