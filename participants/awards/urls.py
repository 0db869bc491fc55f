from django.urls import path

from participants.awards import (
    views,
    views_changing,
    views_employee,
    views_enrolment,
    views_facts,
    views_limits,
    views_review,
    views_targets,
)

urlpatterns = [
    path("people/<uuid:public_id>/", views_employee.employee, name="employee"),
    path("people/<uuid:public_id>/leaving/", views_employee.end_service, name="end_service"),
    path("people/<uuid:public_id>/cause/", views_employee.propose_cause, name="propose_cause"),
    path(
        "people/<uuid:public_id>/status/<slug:subject>/",
        views_facts.change_status,
        name="change_status",
    ),
    path(
        "people/<uuid:public_id>/status/<slug:subject>/<int:number>/",
        views_facts.correct_status,
        name="correct_status",
    ),
    path("people/<uuid:public_id>/hire/", views_facts.correct_hire, name="correct_hire"),
    path("enrolment/<period:period>/", views_enrolment.enrol, name="enrolment"),
    path(
        "enrolment/<period:period>/review/", views_review.review_enrolment, name="review_enrolment"
    ),
    path("enrolment/<period:period>/targets/", views_targets.set_targets, name="set_targets"),
    path("enrolment/<period:period>/file/", views_targets.targets_file, name="targets_file"),
    path("enrolment/<period:period>/list.csv", views_targets.enrolment_csv, name="enrolment_csv"),
    path(
        "enrolment/<period:period>/submit/",
        views_enrolment.submit_enrolment,
        name="submit_enrolment",
    ),
    path("certify/<period:period>/", views.propose_certification, name="propose_certification"),
    path("awards/<uuid:public_id>/", views_changing.award, name="award"),
    path("awards/<period:period>/", views_changing.awards, name="awards"),
    path(
        "awards/<period:period>/discretion/",
        views_changing.propose_discretion,
        name="propose_discretion",
    ),
    path(
        "awards/<period:period>/delay/",
        views_changing.propose_settlement_deferral,
        name="propose_settlement_deferral",
    ),
    path("awards/adjustment/", views_changing.propose_adjustment, name="propose_adjustment"),
    path(
        "awards/<uuid:public_id>/transfer/",
        views_changing.propose_transfer_finding,
        name="propose_transfer_finding",
    ),
    path(
        "awards/<uuid:public_id>/recovery/",
        views_changing.propose_recovery,
        name="propose_recovery",
    ),
    path(
        "recoveries/<uuid:public_id>/receipts/",
        views_changing.record_recovery_receipt,
        name="record_recovery_receipt",
    ),
    path("limits/", views_limits.plan_limits, name="plan_limits"),
    path("limits/<int:number>/paper/", views_limits.plan_limit_paper, name="plan_limit_paper"),
]
