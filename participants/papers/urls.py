from django.urls import path

from participants.papers import views

urlpatterns = [
    path("my/", views.my_awards, name="my_awards"),
    path("my/awards/<uuid:award>/", views.my_award, name="my_award"),
    path("my/awards/<uuid:award>/notice/", views.notice, name="notice"),
    path("my/awards/<uuid:award>/notice/sign/", views.sign_notice, name="sign_notice"),
    path("my/awards/<uuid:award>/notice.pdf", views.notice_pdf, name="notice_pdf"),
]
