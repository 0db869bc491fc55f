from django.urls import path

from participants.papers import (
    views,
    views_amendments,
    views_beneficiaries,
    views_company,
    views_elections,
    views_heirs,
    views_signing,
    views_statements,
)

urlpatterns = [
    path("my/", views.my_awards, name="my_awards"),
    path("my/awards/<uuid:award>/", views.my_award, name="my_award"),
    path("my/awards/<uuid:award>/notice/", views.notice, name="notice"),
    path("my/awards/<uuid:award>/notice/sign/", views.sign_notice, name="sign_notice"),
    path("my/awards/<uuid:award>/notice.pdf", views.notice_pdf, name="notice_pdf"),
    path(
        "my/awards/<uuid:award>/notice/decline/",
        views_signing.decline_notice,
        name="decline_notice",
    ),
    path(
        "my/awards/<uuid:award>/documents/<slug:kind>/",
        views_signing.notice_document,
        name="notice_document",
    ),
    path(
        "my/awards/<uuid:award>/granted/",
        views_statements.grant_statement,
        name="grant_statement",
    ),
    path(
        "my/awards/<uuid:award>/certified/",
        views_statements.certification_statement,
        name="certification_statement",
    ),
    path(
        "incorporated-documents/",
        views_company.incorporated_documents,
        name="incorporated_documents",
    ),
    path(
        "incorporated-documents/<int:number>/paper/",
        views_company.incorporated_document_paper,
        name="incorporated_document_paper",
    ),
    path("holder-pages/", views_company.holder_pages, name="holder_pages"),
    path("signing-officers/", views_company.signing_officers, name="signing_officers"),
    path(
        "signing-officers/<int:number>/paper/",
        views_company.signing_officer_paper,
        name="signing_officer_paper",
    ),
    path(
        "enrolment/<period:period>/company-signature/",
        views_company.company_signature,
        name="company_signature",
    ),
    path("my/beneficiaries/", views_beneficiaries.my_beneficiaries, name="my_beneficiaries"),
    path(
        "my/beneficiaries/revoke/",
        views_beneficiaries.revoke_beneficiaries,
        name="revoke_beneficiaries",
    ),
    path(
        "my/beneficiaries/<int:number>/form.pdf",
        views_beneficiaries.designation_form,
        name="designation_form",
    ),
    path(
        "people/<uuid:public_id>/beneficiaries/paper/",
        views_beneficiaries.designation_paper,
        name="designation_paper",
    ),
    path("receipts/<int:number>/", views_signing.receipt, name="receipt"),
    path("awards/<uuid:award>/heirs/", views_heirs.heirs_signature, name="heirs_signature"),
    path("awards/<uuid:award>/heirs/paper/", views_heirs.heirs_paper, name="heirs_paper"),
    path("my/amendments/<uuid:public_id>/", views_amendments.consent, name="consent"),
    path("amendments/", views_amendments.amendments, name="amendments"),
    path("amendments/new/", views_amendments.draft_amendment, name="draft_amendment"),
    path("amendments/new/<period:period>/", views_amendments.draft_goals, name="draft_goals"),
    path("amendments/<uuid:public_id>/", views_amendments.amendment, name="amendment"),
    path(
        "my/awards/<uuid:award>/joint-election/",
        views_elections.joint_election,
        name="joint_election",
    ),
    path("supplements/", views_elections.supplements, name="supplements"),
    path(
        "supplements/<int:number>/paper/", views_elections.supplement_paper, name="supplement_paper"
    ),
    path(
        "supplements/elections/ends/<int:number>/paper/",
        views_elections.election_end_paper,
        name="election_end_paper",
    ),
    path(
        "supplements/elections/<int:number>/end/",
        views_elections.end_joint_election,
        name="end_joint_election",
    ),
]
