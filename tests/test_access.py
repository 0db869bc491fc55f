"""Every address on the site, for every role and for nobody: one literal table.

`ok`: answered (or led on inside the site); `in`: sent to the sign-in page; otherwise the status.
A GET reads; a POST is sent empty, so that `ok` means that the form came back or something refused
the empty form, not that something was done.
"""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from committee.book_jobs import request_book
from committee.export_jobs import request_export
from committee.members import end_term
from committee.models import Act, Adoption, BoardBook, EndOfTerm, Meeting
from committee.selectors import open_acts
from ltip.accounts.models import User
from ltip.desk.scenarios.reading import read_story
from ltip.desk.scenarios.telling import PASSWORD, Telling
from ltip.jobs.models import Job
from ltip.jobs.services import perform
from ltip.notices.models import GivenNotice
from ltip.notices.services import Recipient, record_certified_mail
from ltip.program.models import PlanLimit, Security, TsrRun
from ltip.program.services.doubts import doubts_of
from ltip.program.services.market import record_security_event
from participants.awards.models import AmendmentDraft, Award, Recovery
from participants.control.services import compare_parachute, record_auditor_determination
from participants.importing.models import EmployeeImport
from participants.papers.company_signing import record_authority
from participants.papers.deciding_pages import decide_pages
from participants.papers.models import JointElection, TemplateDraft
from participants.papers.models_signing import IncorporatedDocument, SigningAuthority
from participants.papers.opening import record_incorporated_document
from participants.people.models import BeneficiaryDesignation
from participants.people.succession import Named, name_own_beneficiaries
from tests import cast
from tests.committee.assembly import called, recorded, voted
from tests.committee.elsewhere import adopt_elsewhere
from tests.participants.control.desk import paper
from tests.participants.control.desk import record as record_control
from tests.participants.importing.files import ANN, ZOE, csv_file, line, taken
from tests.participants.leavers import name_beneficiary
from tests.participants.papers.test_amendments import draft
from tests.participants.papers.test_elections import elect, move, record
from tests.participants.papers.test_templates import drafted as write_template

COLUMNS = (
    "nobody",
    "committee_member",
    "secretary",
    "human_resources",
    "stock_administrator",
    "finance",
    "auditor",
    "holder",
    "another_holder",
)
# name                              method no   cm   sec  hr   sa   fin  aud  hold oth
TABLE = """
account_login                       GET    ok   ok   ok   ok   ok   ok   ok   ok   ok
account_login                       POST   ok   ok   ok   ok   ok   ok   ok   ok   ok
account_login_code                  GET    in   ok   ok   ok   ok   ok   ok   ok   ok
account_login_code                  POST   in   ok   ok   ok   ok   ok   ok   ok   ok
account_logout                      GET    in   ok   ok   ok   ok   ok   ok   ok   ok
account_logout                      POST   in   in   in   in   in   in   in   in   in
account_reauthenticate              GET    in   ok   ok   ok   ok   ok   ok   ok   ok
account_reauthenticate              POST   in   ok   ok   ok   ok   ok   ok   ok   ok
account_change_password             GET    in   ok   ok   ok   ok   ok   ok   ok   ok
account_change_password             POST   in   ok   ok   ok   ok   ok   ok   ok   ok
account_set_password                GET    in   ok   ok   ok   ok   ok   ok   ok   ok
account_set_password                POST   in   ok   ok   ok   ok   ok   ok   ok   ok
account_reset_password              GET    ok   ok   ok   ok   ok   ok   ok   ok   ok
account_reset_password              POST   ok   ok   ok   ok   ok   ok   ok   ok   ok
account_reset_password_done         GET    ok   ok   ok   ok   ok   ok   ok   ok   ok
account_reset_password_done         POST   405  405  405  405  405  405  405  405  405
account_reset_password_from_key     GET    ok   ok   ok   ok   ok   ok   ok   ok   ok
account_reset_password_from_key     POST   ok   ok   ok   ok   ok   ok   ok   ok   ok
account_reset_password_from_key_done GET   ok   ok   ok   ok   ok   ok   ok   ok   ok
account_reset_password_from_key_done POST  405  405  405  405  405  405  405  405  405
account_inactive                    GET    ok   ok   ok   ok   ok   ok   ok   ok   ok
account_inactive                    POST   405  405  405  405  405  405  405  405  405
desk:healthz                        GET    ok   ok   ok   ok   ok   ok   ok   ok   ok
desk:healthz                        POST   405  405  405  405  405  405  405  405  405
desk:home                           GET    in   ok   ok   ok   ok   ok   ok   ok   ok
desk:home                           POST   in   405  405  405  405  405  405  405  405
desk:calendar                       GET    in   ok   ok   ok   ok   ok   ok   ok   ok
desk:calendar                       POST   in   405  405  405  405  405  405  405  405
desk:calendar_address               GET    in   ok   ok   ok   ok   ok   ok   ok   ok
desk:calendar_address               POST   in   ok   ok   ok   ok   ok   ok   ok   ok
desk:feed                           GET    404  404  404  404  404  404  404  404  404
desk:feed                           POST   405  405  405  405  405  405  405  405  405
notices:log                         GET    in   403  ok   ok   403  403  ok   403  403
notices:log                         POST   in   405  405  405  405  405  405  405  405
notices:message                     GET    in   403  ok   ok   403  403  ok   403  403
notices:message                     POST   in   405  405  405  405  405  405  405  405
notices:decide                      GET    in   405  405  405  405  405  405  405  405
notices:decide                      POST   in   403  ok   ok   403  403  403  403  403
notices:paper                       GET    in   403  ok   ok   403  403  ok   403  403
notices:paper                       POST   in   405  405  405  405  405  405  405  405
participants:my_address             GET    in   403  403  403  403  403  403  ok   ok
participants:my_address             POST   in   403  403  403  403  403  403  ok   ok
participants:record_address         GET    in   403  403  ok   403  403  ok   403  403
participants:record_address         POST   in   403  403  ok   403  403  403  403  403
participants:record_letter          GET    in   403  403  ok   403  403  ok   403  403
participants:record_letter          POST   in   403  403  ok   403  403  403  403  403
desk:period                         GET    in   ok   ok   ok   ok   ok   ok   403  403
desk:period                         POST   in   405  405  405  405  405  405  405  405
desk:second_factor                  GET    in   ok   ok   ok   ok   ok   ok   ok   ok
desk:second_factor                  POST   in   405  405  405  405  405  405  405  405
desk:set_up_second_factor           GET    in   ok   ok   ok   ok   ok   ok   ok   ok
desk:set_up_second_factor           POST   in   ok   ok   ok   ok   ok   ok   ok   ok
desk:remove_second_factor           GET    in   ok   ok   ok   ok   ok   ok   ok   ok
desk:remove_second_factor           POST   in   ok   ok   ok   ok   ok   ok   ok   ok
desk:recovery_codes                 GET    in   ok   ok   ok   ok   ok   ok   ok   ok
desk:recovery_codes                 POST   in   ok   ok   ok   ok   ok   ok   ok   ok
desk:program                        GET    in   ok   ok   ok   ok   ok   ok   403  403
desk:program                        POST   in   405  405  405  405  405  405  405  405
desk:traceability                   GET    in   ok   ok   ok   ok   ok   ok   403  403
desk:traceability                   POST   in   405  405  405  405  405  405  405  405
desk:next_day                       GET    in   405  405  405  405  405  405  405  405
desk:next_day                       POST   in   404  404  404  404  404  404  404  404
committee:docket                    GET    in   ok   ok   403  403  403  ok   403  403
committee:docket                    POST   in   405  405  405  405  405  405  405  405
committee:act                       GET    in   ok   ok   403  403  403  ok   403  403
committee:act                       POST   in   405  405  405  405  405  405  405  405
committee:sign                      GET    in   405  405  405  405  405  405  405  405
committee:sign                      POST   in   ok   403  403  403  403  403  403  403
committee:decline                   GET    in   405  405  405  405  405  405  405  405
committee:decline                   POST   in   ok   403  403  403  403  403  403  403
committee:withdraw                  GET    in   405  405  405  405  405  405  405  405
committee:withdraw                  POST   in   403  ok   403  403  403  403  403  403
committee:revise                    GET    in   403  ok   403  403  403  ok   403  403
committee:revise                    POST   in   403  ok   403  403  403  403  403  403
committee:package                   GET    in   404  404  403  403  403  404  403  403
committee:package                   POST   in   405  405  405  405  405  405  405  405
committee:record_elsewhere          GET    in   403  ok   403  403  403  ok   403  403
committee:record_elsewhere          POST   in   403  ok   403  403  403  403  403  403
committee:act_document              GET    in   ok   ok   403  403  403  ok   403  403
committee:act_document              POST   in   405  405  405  405  405  405  405  405
committee:paper                     GET    in   404  404  403  403  403  404  403  403
committee:paper                     POST   in   405  405  405  405  405  405  405  405
committee:minutes                   GET    in   ok   ok   403  403  403  ok   403  403
committee:minutes                   POST   in   405  405  405  405  405  405  405  405
committee:exports                   GET    in   ok   ok   403  403  403  ok   403  403
committee:exports                   POST   in   ok   ok   403  403  403  ok   403  403
committee:export                    GET    in   ok   ok   403  403  403  ok   403  403
committee:export                    POST   in   405  405  405  405  405  405  405  405
committee:books                     GET    in   ok   ok   403  403  403  ok   403  403
committee:books                     POST   in   ok   ok   403  403  403  403  403  403
committee:book                      GET    in   ok   ok   403  403  403  ok   403  403
committee:book                      POST   in   405  405  405  405  405  405  405  405
committee:meetings                  GET    in   ok   ok   403  403  403  ok   403  403
committee:meetings                  POST   in   405  405  405  405  405  405  405  405
committee:call_meeting              GET    in   403  ok   403  403  403  ok   403  403
committee:call_meeting              POST   in   403  ok   403  403  403  403  403  403
committee:meeting                   GET    in   ok   ok   403  403  403  ok   403  403
committee:meeting                   POST   in   405  405  405  405  405  405  405  405
committee:put_on_agenda             GET    in   405  405  405  405  405  405  405  405
committee:put_on_agenda             POST   in   403  ok   403  403  403  403  403  403
committee:strike                    GET    in   403  ok   403  403  403  ok   403  403
committee:strike                    POST   in   403  ok   403  403  403  403  403  403
committee:cancel_meeting            GET    in   405  405  405  405  405  405  405  405
committee:cancel_meeting            POST   in   403  ok   403  403  403  403  403  403
committee:record_meeting            GET    in   403  ok   403  403  403  ok   403  403
committee:record_meeting            POST   in   403  ok   403  403  403  403  403  403
committee:close_meeting             GET    in   405  405  405  405  405  405  405  405
committee:close_meeting             POST   in   ok   ok   403  403  403  403  403  403
committee:correct_minutes           GET    in   403  ok   403  403  403  ok   403  403
committee:correct_minutes           POST   in   403  ok   403  403  403  403  403  403
committee:minutes_document          GET    in   ok   ok   403  403  403  ok   403  403
committee:minutes_document          POST   in   405  405  405  405  405  405  405  405
committee:members                   GET    in   ok   ok   403  403  403  ok   403  403
committee:members                   POST   in   405  405  405  405  405  405  405  405
committee:seat                      GET    in   403  ok   403  403  403  ok   403  403
committee:seat                      POST   in   403  ok   403  403  403  403  403  403
committee:end_term                  GET    in   403  ok   403  403  403  ok   403  403
committee:end_term                  POST   in   403  ok   403  403  403  403  403  403
committee:independence              GET    in   403  ok   403  403  403  ok   403  403
committee:independence              POST   in   403  ok   403  403  403  403  403  403
committee:correct_term              GET    in   403  ok   403  403  403  ok   403  403
committee:correct_term              POST   in   403  ok   403  403  403  403  403  403
committee:correct_end               GET    in   403  ok   403  403  403  ok   403  403
committee:correct_end               POST   in   403  ok   403  403  403  403  403  403
committee:readings                  GET    in   ok   ok   ok   ok   ok   ok   403  403
committee:readings                  POST   in   405  405  405  405  405  405  405  405
committee:construe                  GET    in   403  ok   403  403  403  ok   403  403
committee:construe                  POST   in   403  ok   403  403  403  403  403  403
committee:set_goal                  GET    in   403  ok   403  403  403  ok   403  403
committee:set_goal                  POST   in   403  ok   403  403  403  403  403  403
program:prices                      GET    in   ok   ok   403  ok   ok   ok   403  403
program:prices                      POST   in   403  403  403  ok   403  403  403  403
program:securities                  GET    in   ok   ok   403  ok   ok   ok   403  403
program:securities                  POST   in   405  405  405  405  405  405  405  405
program:trading_days                GET    in   ok   ok   403  ok   ok   ok   403  403
program:trading_days                POST   in   403  403  403  ok   403  403  403  403
program:security_event              GET    in   403  403  403  ok   403  ok   403  403
program:security_event              POST   in   403  403  403  ok   403  403  403  403
program:security_event_evidence     GET    in   ok   ok   403  ok   ok   ok   403  403
program:security_event_evidence     POST   in   405  405  405  405  405  405  405  405
program:withdraw_security_event     GET    in   403  403  403  ok   403  ok   403  403
program:withdraw_security_event     POST   in   403  403  403  ok   403  403  403  403
program:annual_report               GET    in   ok   ok   403  ok   ok   ok   403  403
program:annual_report               POST   in   403  403  403  ok   403  403  403  403
program:financial_results           GET    in   ok   ok   403  ok   ok   ok   403  403
program:financial_results           POST   in   403  403  403  ok   ok   403  403  403
program:financial_result_paper      GET    in   404  404  403  404  404  404  403  403
program:financial_result_paper      POST   in   405  405  405  405  405  405  405  405
program:stockholder_approval        GET    in   ok   ok   ok   ok   ok   ok   403  403
program:stockholder_approval        POST   in   403  ok   403  403  403  403  403  403
program:stockholder_approval_paper  GET    in   ok   ok   ok   ok   ok   ok   403  403
program:stockholder_approval_paper  POST   in   405  405  405  405  405  405  405  405
program:fiscal_quarters             GET    in   ok   ok   403  ok   ok   ok   403  403
program:fiscal_quarters             POST   in   403  403  403  ok   ok   403  403  403
program:withdraw_fiscal_quarter     GET    in   403  403  403  ok   ok   ok   403  403
program:withdraw_fiscal_quarter     POST   in   403  403  403  ok   ok   403  403  403
program:runs                        GET    in   ok   ok   403  ok   ok   ok   403  403
program:runs                        POST   in   403  403  403  ok   403  403  403  403
program:run                         GET    in   ok   ok   403  ok   ok   ok   403  403
program:run                         POST   in   405  405  405  405  405  405  405  405
program:run_inputs                  GET    in   ok   ok   403  ok   ok   ok   403  403
program:run_inputs                  POST   in   405  405  405  405  405  405  405  405
program:run_doubts                  GET    in   ok   ok   403  ok   ok   ok   403  403
program:run_doubts                  POST   in   405  405  405  405  405  405  405  405
program:doubts                      GET    in   ok   ok   403  ok   ok   ok   403  403
program:doubts                      POST   in   403  403  403  ok   403  403  403  403
program:correct_price               GET    in   403  403  403  ok   403  ok   403  403
program:correct_price               POST   in   403  403  403  ok   403  403  403  403
program:run_workbook                GET    in   ok   ok   403  ok   ok   ok   403  403
program:run_workbook                POST   in   405  405  405  405  405  405  405  405
program:run_csv                     GET    in   ok   ok   403  ok   ok   ok   403  403
program:run_csv                     POST   in   405  405  405  405  405  405  405  405
program:run_chart_svg               GET    in   ok   ok   403  ok   ok   ok   403  403
program:run_chart_svg               POST   in   405  405  405  405  405  405  405  405
program:run_chart_png               GET    in   ok   ok   403  ok   ok   ok   403  403
program:run_chart_png               POST   in   405  405  405  405  405  405  405  405
program:runs_compared               GET    in   ok   ok   403  ok   ok   ok   403  403
program:runs_compared               POST   in   405  405  405  405  405  405  405  405
program:run_methods                 GET    in   ok   ok   403  ok   ok   ok   403  403
program:run_methods                 POST   in   405  405  405  405  405  405  405  405
jobs:job                            GET    in   ok   ok   ok   ok   ok   ok   404  404
jobs:job                            POST   in   405  405  405  405  405  405  405  405
participants:employees              GET    in   403  ok   ok   403  403  ok   403  403
participants:employees              POST   in   405  405  405  405  405  405  405  405
participants:add_employee           GET    in   403  403  ok   403  403  ok   403  403
participants:add_employee           POST   in   403  403  ok   403  403  403  403  403
participants:import_employees       GET    in   403  403  ok   403  403  ok   403  403
participants:import_employees       POST   in   403  403  ok   403  403  403  403  403
participants:import_template        GET    in   403  403  ok   403  403  ok   403  403
participants:import_template        POST   in   405  405  405  405  405  405  405  405
participants:employee_import        GET    in   403  403  ok   403  403  ok   403  403
participants:employee_import        POST   in   405  405  405  405  405  405  405  405
participants:import_columns         GET    in   403  403  ok   403  403  ok   403  403
participants:import_columns         POST   in   403  403  ok   403  403  403  403  403
participants:compare_import         GET    in   405  405  405  405  405  405  405  405
participants:compare_import         POST   in   403  403  ok   403  403  403  403  403
participants:apply_import           GET    in   403  403  ok   403  403  ok   403  403
participants:apply_import           POST   in   403  403  ok   403  403  403  403  403
participants:discard_import         GET    in   405  405  405  405  405  405  405  405
participants:discard_import         POST   in   403  403  ok   403  403  403  403  403
participants:import_faults          GET    in   403  403  ok   403  403  ok   403  403
participants:import_faults          POST   in   405  405  405  405  405  405  405  405
participants:looks                  GET    in   403  403  403  403  403  ok   403  403
participants:looks                  POST   in   405  405  405  405  405  405  405  405
participants:employee               GET    in   403  ok   ok   403  403  ok   403  403
participants:employee               POST   in   405  405  405  405  405  405  405  405
participants:give_account           GET    in   405  405  405  405  405  405  405  405
participants:give_account           POST   in   403  403  ok   403  403  403  403  403
participants:personal_data          GET    in   405  405  405  405  405  405  405  405
participants:personal_data          POST   in   403  403  ok   403  403  403  403  403
participants:change_status          GET    in   403  403  ok   403  403  ok   403  403
participants:change_status          POST   in   403  403  ok   403  403  403  403  403
participants:correct_status         GET    in   403  403  ok   403  403  ok   403  403
participants:correct_status         POST   in   403  403  ok   403  403  403  403  403
participants:correct_hire           GET    in   403  403  ok   403  403  ok   403  403
participants:correct_hire           POST   in   403  403  ok   403  403  403  403  403
participants:end_service            GET    in   403  403  ok   403  403  ok   403  403
participants:end_service            POST   in   403  403  ok   403  403  403  403  403
participants:propose_cause          GET    in   403  ok   403  403  403  ok   403  403
participants:propose_cause          POST   in   403  ok   403  403  403  403  403  403
participants:record_death           GET    in   403  403  ok   403  403  ok   403  403
participants:record_death           POST   in   403  403  ok   403  403  403  403  403
participants:beneficiaries          GET    in   403  403  ok   403  403  ok   403  403
participants:beneficiaries          POST   in   403  403  ok   403  403  403  403  403
participants:succession             GET    in   403  403  ok   403  403  ok   403  403
participants:succession             POST   in   403  403  ok   403  403  403  403  403
participants:evidence               GET    in   403  ok   ok   403  403  ok   403  403
participants:evidence               POST   in   405  405  405  405  405  405  405  405
participants:enrolment              GET    in   403  ok   ok   403  403  ok   403  403
participants:enrolment              POST   in   403  403  ok   403  403  403  403  403
participants:review_enrolment       GET    in   403  ok   ok   403  403  ok   403  403
participants:review_enrolment       POST   in   405  405  405  405  405  405  405  405
participants:set_targets            GET    in   403  403  ok   403  403  ok   403  403
participants:set_targets            POST   in   403  403  ok   403  403  403  403  403
participants:targets_file           GET    in   403  403  ok   403  403  ok   403  403
participants:targets_file           POST   in   403  403  ok   403  403  403  403  403
participants:enrolment_csv          GET    in   403  ok   ok   403  403  ok   403  403
participants:enrolment_csv          POST   in   405  405  405  405  405  405  405  405
participants:submit_enrolment       GET    in   405  405  405  405  405  405  405  405
participants:submit_enrolment       POST   in   403  ok   403  403  403  403  403  403
participants:propose_certification  GET    in   403  ok   403  403  403  ok   403  403
participants:propose_certification  POST   in   403  ok   403  403  403  403  403  403
participants:award                  GET    in   ok   ok   ok   ok   ok   ok   403  403
participants:award                  POST   in   405  405  405  405  405  405  405  405
participants:awards                 GET    in   ok   ok   ok   ok   ok   ok   403  403
participants:awards                 POST   in   405  405  405  405  405  405  405  405
participants:propose_discretion     GET    in   403  ok   403  403  403  ok   403  403
participants:propose_discretion     POST   in   403  ok   403  403  403  403  403  403
participants:propose_settlement_deferral GET in 403  ok   403  403  403  ok   403  403
participants:propose_settlement_deferral POST in 403 ok   403  403  403  403  403  403
participants:propose_adjustment     GET    in   403  ok   403  403  403  ok   403  403
participants:propose_adjustment     POST   in   403  ok   403  403  403  403  403  403
participants:propose_transfer_finding GET  in   403  ok   403  403  403  ok   403  403
participants:propose_transfer_finding POST in   403  ok   403  403  403  403  403  403
participants:propose_recovery       GET    in   403  ok   403  403  403  ok   403  403
participants:propose_recovery       POST   in   403  ok   403  403  403  403  403  403
participants:record_recovery_receipt GET   in   403  403  403  ok   ok   ok   403  403
participants:record_recovery_receipt POST  in   403  403  403  ok   ok   403  403  403
participants:plan_limits            GET    in   ok   ok   ok   ok   ok   ok   403  403
participants:plan_limits            POST   in   403  ok   403  403  403  403  403  403
participants:plan_limit_paper       GET    in   ok   ok   ok   ok   ok   ok   403  403
participants:plan_limit_paper       POST   in   405  405  405  405  405  405  405  405
participants:amendments             GET    in   ok   ok   ok   403  403  ok   403  403
participants:amendments             POST   in   405  405  405  405  405  405  405  405
participants:templates              GET    in   ok   ok   ok   403  403  ok   403  403
participants:templates              POST   in   405  405  405  405  405  405  405  405
participants:template               GET    in   ok   ok   ok   403  403  ok   403  403
participants:template               POST   in   405  405  405  405  405  405  405  405
participants:draft_template         GET    in   403  ok   403  403  403  ok   403  403
participants:draft_template         POST   in   403  ok   403  403  403  403  403  403
participants:template_draft         GET    in   ok   ok   ok   403  403  ok   403  403
participants:template_draft         POST   in   403  ok   403  403  403  403  403  403
participants:template_sample        GET    in   ok   ok   ok   403  403  ok   403  403
participants:template_sample        POST   in   405  405  405  405  405  405  405  405
participants:draft_amendment        GET    in   403  ok   403  403  403  ok   403  403
participants:draft_amendment        POST   in   403  ok   403  403  403  403  403  403
participants:draft_goals            GET    in   403  ok   403  403  403  ok   403  403
participants:draft_goals            POST   in   403  ok   403  403  403  403  403  403
participants:amendment              GET    in   ok   ok   ok   403  403  ok   403  403
participants:amendment              POST   in   403  ok   403  403  403  403  403  403
participants:consent                GET    in   403  403  403  403  403  403  ok   ok
participants:consent                POST   in   403  403  403  403  403  403  ok   ok
participants:supplements            GET    in   403  ok   ok   ok   ok   ok   403  403
participants:supplements            POST   in   403  ok   403  403  403  403  403  403
participants:supplement_paper       GET    in   403  404  404  404  404  404  403  403
participants:supplement_paper       POST   in   405  405  405  405  405  405  405  405
participants:election_end_paper     GET    in   403  404  404  404  404  404  403  403
participants:election_end_paper     POST   in   405  405  405  405  405  405  405  405
participants:joint_election         GET    in   403  403  403  403  403  403  ok   404
participants:joint_election         POST   in   403  403  403  403  403  403  ok   404
participants:end_joint_election     GET    in   403  ok   403  403  403  ok   403  403
participants:end_joint_election     POST   in   403  ok   403  403  403  403  403  403
participants:signatures             GET    in   403  ok   ok   403  403  ok   403  403
participants:signatures             POST   in   405  405  405  405  405  405  405  405
participants:remind_to_sign         GET    in   405  405  405  405  405  405  405  405
participants:remind_to_sign         POST   in   403  403  ok   403  403  403  403  403
participants:heirs_signature        GET    in   403  403  ok   403  403  ok   403  403
participants:heirs_signature        POST   in   403  403  ok   403  403  403  403  403
participants:heirs_paper            GET    in   403  404  404  403  403  404  403  403
participants:heirs_paper            POST   in   405  405  405  405  405  405  405  405
participants:my_awards              GET    in   403  403  403  403  403  403  ok   ok
participants:my_awards              POST   in   405  405  405  405  405  405  405  405
participants:my_award               GET    in   403  403  403  403  403  403  ok   404
participants:my_award               POST   in   405  405  405  405  405  405  405  405
participants:notice                 GET    in   403  403  403  403  403  403  ok   404
participants:notice                 POST   in   405  405  405  405  405  405  405  405
participants:sign_notice            GET    in   405  405  405  405  405  405  405  405
participants:sign_notice            POST   in   403  403  403  403  403  403  ok   404
participants:notice_pdf             GET    in   403  ok   ok   403  403  ok   ok   404
participants:notice_pdf             POST   in   405  405  405  405  405  405  405  405
participants:notice_document        GET    in   403  403  403  403  403  403  ok   404
participants:notice_document        POST   in   405  405  405  405  405  405  405  405
participants:decline_notice         GET    in   403  403  403  403  403  403  ok   404
participants:decline_notice         POST   in   403  403  403  403  403  403  ok   404
participants:receipt                GET    in   403  ok   ok   403  403  ok   ok   404
participants:receipt                POST   in   405  405  405  405  405  405  405  405
participants:grant_statement        GET    in   403  403  403  403  403  403  ok   404
participants:grant_statement        POST   in   405  405  405  405  405  405  405  405
participants:certification_statement GET in   403  403  403  403  403  403  ok   404
participants:certification_statement POST in   405  405  405  405  405  405  405  405
participants:my_beneficiaries       GET    in   403  403  403  403  403  403  ok   ok
participants:my_beneficiaries       POST   in   403  403  403  403  403  403  ok   ok
participants:revoke_beneficiaries   GET    in   405  405  405  405  405  405  405  405
participants:revoke_beneficiaries   POST   in   403  403  403  403  403  403  ok   ok
participants:designation_form       GET    in   403  403  403  403  403  403  ok   404
participants:designation_form       POST   in   405  405  405  405  405  405  405  405
participants:designation_paper      GET    in   403  403  ok   403  403  ok   403  403
participants:designation_paper      POST   in   403  403  ok   403  403  403  403  403
participants:my_history             GET    in   403  403  403  403  403  403  ok   ok
participants:my_history             POST   in   405  405  405  405  405  405  405  405
participants:my_notice              GET    in   403  403  403  403  403  403  ok   404
participants:my_notice              POST   in   405  405  405  405  405  405  405  405
participants:my_notice_paper        GET    in   403  403  403  403  403  403  ok   404
participants:my_notice_paper        POST   in   405  405  405  405  405  405  405  405
participants:incorporated_documents GET    in   403  ok   ok   ok   ok   ok   403  403
participants:incorporated_documents POST   in   403  ok   403  403  403  403  403  403
participants:incorporated_document_paper GET in   403  ok   ok   ok   ok   ok   403  403
participants:incorporated_document_paper POST in   405  405  405  405  405  405  405  405
participants:holder_pages           GET    in   403  ok   ok   ok   ok   ok   403  403
participants:holder_pages           POST   in   403  ok   403  ok   403  403  403  403
participants:signing_officers       GET    in   403  ok   ok   ok   ok   ok   403  403
participants:signing_officers       POST   in   403  ok   403  403  403  403  403  403
participants:signing_officer_paper  GET    in   403  ok   ok   ok   ok   ok   403  403
participants:signing_officer_paper  POST   in   405  405  405  405  405  405  405  405
participants:company_signature      GET    in   403  ok   ok   ok   ok   ok   403  403
participants:company_signature      POST   in   403  403  403  403  ok   403  403  403
participants:statement              GET    in   403  403  403  403  403  403  ok   404
participants:statement              POST   in   405  405  405  405  405  405  405  405
participants:pay_tax                GET    in   403  403  403  403  403  403  ok   404
participants:pay_tax                POST   in   403  403  403  403  403  403  ok   404
participants:settlement             GET    in   403  403  403  ok   ok   ok   403  403
participants:settlement             POST   in   405  405  405  405  405  405  405  405
participants:tick_condition         GET    in   405  405  405  405  405  405  405  405
participants:tick_condition         POST   in   403  403  403  ok   403  403  403  403
participants:prepare_settlement     GET    in   405  405  405  405  405  405  405  405
participants:prepare_settlement     POST   in   403  403  403  ok   403  403  403  403
participants:approve_settlement     GET    in   405  405  405  405  405  405  405  405
participants:approve_settlement     POST   in   403  403  403  403  ok   403  403  403
participants:transfer_agent_file    GET    in   403  403  403  ok   ok   ok   403  403
participants:transfer_agent_file    POST   in   405  405  405  405  405  405  405  405
participants:record_remittance      GET    in   403  403  403  404  404  404  403  403
participants:record_remittance      POST   in   403  403  403  404  404  403  403  403
participants:early_taxes            GET    in   403  403  403  ok   ok   ok   403  403
participants:early_taxes            POST   in   405  405  405  405  405  405  405  405
participants:draw_up_early_tax      GET    in   405  405  405  405  405  405  405  405
participants:draw_up_early_tax      POST   in   403  403  403  ok   403  403  403  403
participants:approve_early_tax      GET    in   405  405  405  405  405  405  405  405
participants:approve_early_tax      POST   in   403  403  403  403  ok   403  403  403
participants:sales                  GET    in   403  403  403  ok   ok   ok   403  403
participants:sales                  POST   in   405  405  405  405  405  405  405  405
participants:sale_orders            GET    in   403  403  403  ok   ok   ok   403  403
participants:sale_orders            POST   in   405  405  405  405  405  405  405  405
participants:record_sales           GET    in   405  405  405  405  405  405  405  405
participants:record_sales           POST   in   403  403  403  ok   403  403  403  403
participants:record_window          GET    in   405  405  405  405  405  405  405  405
participants:record_window          POST   in   403  403  403  ok   403  403  403  403
participants:tax_rates              GET    in   403  403  403  ok   ok   ok   403  403
participants:tax_rates              POST   in   405  405  405  405  405  405  405  405
participants:enter_tax_rate         GET    in   405  405  405  405  405  405  405  405
participants:enter_tax_rate         POST   in   403  403  403  ok   ok   403  403  403
participants:enter_exchange_rate    GET    in   405  405  405  405  405  405  405  405
participants:enter_exchange_rate    POST   in   403  403  403  ok   ok   403  403  403
participants:approve_rates          GET    in   405  405  405  405  405  405  405  405
participants:approve_rates          POST   in   403  403  403  ok   ok   403  403  403
participants:change_in_control      GET    in   ok   ok   ok   ok   ok   ok   403  403
participants:change_in_control      POST   in   403  ok   403  403  403  403  403  403
participants:control_document       GET    in   ok   ok   ok   ok   ok   ok   403  403
participants:control_document       POST   in   405  405  405  405  405  405  405  405
participants:parachutes             GET    in   ok   ok   ok   ok   ok   ok   403  403
participants:parachutes             POST   in   405  405  405  405  405  405  405  405
participants:compare_parachute      GET    in   403  403  403  ok   ok   ok   403  403
participants:compare_parachute      POST   in   403  403  403  ok   ok   403  403  403
participants:parachute              GET    in   ok   ok   ok   ok   ok   ok   403  403
participants:parachute              POST   in   403  403  403  ok   ok   403  403  403
participants:firm_paper             GET    in   ok   ok   ok   ok   ok   ok   403  403
participants:firm_paper             POST   in   405  405  405  405  405  405  405  405
"""
ROWS = [line.split() for line in TABLE.split("\n") if line]


def _names(patterns: list[Any], namespace: str = "") -> set[str]:
    found: set[str] = set()
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            space = f"{pattern.namespace}:" if pattern.namespace else namespace
            found |= _names(pattern.url_patterns, space)
        elif isinstance(pattern, URLPattern):
            found.add(f"{namespace}{pattern.name}")
    return found


def test_every_address_stands_in_the_table_with_both_methods() -> None:
    assert {(name, method) for name, method, *_ in ROWS} == {
        (name, method) for name in _names(get_resolver().url_patterns) for method in ("GET", "POST")
    }
    assert all(len(row) == 2 + len(COLUMNS) for row in ROWS)


def arguments_of(telling: Any) -> dict[str, list[Any]]:
    act = Act.objects.filter(adoption__isnull=True, ending__isnull=True).get()
    run, job = TsrRun.objects.get(), Job.objects.filter(kind="program.tsr_run").get()
    award = Award.objects.get(employee=telling.holders["signed"]).public_id
    employee, period = telling.holders["signed"].public_id, telling.period
    arguments: dict[str, list[Any]] = {
        "account_reset_password_from_key": ["1", "set-password"],
        "participants:change_status": [employee, "grade"],
        "jobs:job": [job.public_id],
        "desk:feed": ["wrong"],
        "program:withdraw_fiscal_quarter": [date(2014, 12, 31)],
        "participants:control_document": [_event(telling).public_id],
    }
    arguments["participants:plan_limit_paper"] = [PlanLimit.objects.get().seal_id]
    for name in (
        "program:financial_result_paper",
        "participants:supplement_paper",
        "participants:election_end_paper",
    ):
        arguments[name] = [0]  # sealed without a paper, as far as anybody may know
    failed = _bankruptcy(telling).seal_id
    for name in ("security_event_evidence", "withdraw_security_event"):
        arguments[f"program:{name}"] = [failed]
    comparison = _comparison(telling)
    for name in ("parachute", "firm_paper"):
        arguments[f"participants:{name}"] = [comparison.public_id]
    letter = record_certified_mail(
        to=Recipient("7c1f", "Iris Quint", "12 Harbour Row"),
        number="7014",
        posted_on=date(2015, 2, 1),
        subject="Amendment",
        text="",
        document=paper(telling),
        by=telling.secretary,
        at=telling.told_at,
    )
    for name in ("message", "decide", "paper"):
        arguments[f"notices:{name}"] = [letter.message.public_id]
    for name in ("record_address", "record_letter"):
        arguments[f"participants:{name}"] = [employee]
    arguments["committee:act_document"] = [
        Adoption.objects.get(document__isnull=False).act.public_id
    ]
    arguments["committee:export"] = [_export(telling).public_id]
    arguments["committee:book"] = [_book(telling).public_id]
    meeting = Meeting.objects.get()
    for name in (
        "meeting",
        "put_on_agenda",
        "cancel_meeting",
        "record_meeting",
        "close_meeting",
        "correct_minutes",
    ):
        arguments[f"committee:{name}"] = [meeting.public_id]
    arguments["committee:strike"] = [meeting.public_id, act.public_id]
    arguments["committee:minutes_document"] = [meeting.public_id, meeting.records.get().seal_id]
    seated = telling.members[0]
    for name in ("end_term", "independence"):
        arguments[f"committee:{name}"] = [seated.public_id]
    arguments["committee:correct_term"] = [seated.memberships.get().seal_id]
    arguments["committee:correct_end"] = [EndOfTerm.objects.get().seal_id]
    for name in (
        "act",
        "sign",
        "decline",
        "withdraw",
        "package",
        "paper",
        "revise",
        "record_elsewhere",
    ):
        arguments[f"committee:{name}"] = [act.public_id]
    for name in (
        "employee",
        "give_account",
        "personal_data",
        "correct_hire",
        "end_service",
        "propose_cause",
        "record_death",
        "beneficiaries",
        "designation_paper",
        "succession",
    ):
        arguments[f"participants:{name}"] = [employee]
    filed = BeneficiaryDesignation.objects.get(document__isnull=False)
    arguments["participants:evidence"] = [employee, filed.document_id]
    own = BeneficiaryDesignation.objects.get(authentication_use__isnull=False)
    for name in ("designation_form", "receipt"):
        arguments[f"participants:{name}"] = [own.seal_id]
    given = GivenNotice.objects.get(message__recipient=str(employee))
    for name in ("my_notice", "my_notice_paper"):
        arguments[f"participants:{name}"] = [given.message.public_id]
    arguments["participants:incorporated_document_paper"] = [
        IncorporatedDocument.objects.earliest("pk").seal_id
    ]
    arguments["participants:signing_officer_paper"] = [
        SigningAuthority.objects.earliest("pk").seal_id
    ]
    arguments["participants:notice_document"] = [award, "plan"]
    hired = telling.holders["signed"].seal_id
    arguments["participants:correct_status"] = [employee, "grade", hired]
    arguments["participants:import_template"] = ["csv"]
    file = EmployeeImport.objects.latest("pk").public_id
    for name in (
        "employee_import",
        "import_columns",
        "compare_import",
        "apply_import",
        "discard_import",
        "import_faults",
    ):
        arguments[f"participants:{name}"] = [file]
    for name in ("my_award", "notice", "sign_notice", "notice_pdf", "statement", "joint_election"):
        arguments[f"participants:{name}"] = [award]
    for name in (
        "award",
        "propose_transfer_finding",
        "propose_recovery",
        "heirs_signature",
        "heirs_paper",
        "pay_tax",
        "decline_notice",
        "grant_statement",
        "certification_statement",
    ):
        arguments[f"participants:{name}"] = [award]
    arguments["participants:record_recovery_receipt"] = [Recovery.objects.get().public_id]
    for name in ("template", "draft_template"):
        arguments[f"participants:{name}"] = ["notice"]
    for name in ("template_draft", "template_sample"):
        arguments[f"participants:{name}"] = [TemplateDraft.objects.earliest("seal_id").public_id]
    for name in ("amendment", "consent"):
        arguments[f"participants:{name}"] = [AmendmentDraft.objects.get().public_id]
    arguments["participants:record_remittance"] = [period, award]
    arguments["participants:end_joint_election"] = [JointElection.objects.get().seal_id]
    for name in (
        "program:run",
        "program:run_inputs",
        "program:run_doubts",
        "program:run_methods",
        "program:run_workbook",
        "program:run_csv",
        "program:run_chart_svg",
        "program:run_chart_png",
    ):
        arguments[name] = [period, run.public_id]
    doubt = doubts_of(period, on=date(2015, 3, 1))[0]
    arguments["program:correct_price"] = [period, doubt.key]
    for name in (
        "desk:period",
        "committee:set_goal",
        "program:financial_results",
        "program:runs",
        "program:doubts",
        "program:runs_compared",
        "participants:enrolment",
        "participants:review_enrolment",
        "participants:set_targets",
        "participants:targets_file",
        "participants:enrolment_csv",
        "participants:submit_enrolment",
        "participants:remind_to_sign",
        "participants:propose_certification",
        "participants:awards",
        "participants:draft_goals",
        "participants:propose_discretion",
        "participants:propose_settlement_deferral",
        "participants:signatures",
        "participants:company_signature",
        "participants:settlement",
        "participants:tick_condition",
        "participants:prepare_settlement",
        "participants:approve_settlement",
        "participants:transfer_agent_file",
        "participants:early_taxes",
        "participants:draw_up_early_tax",
        "participants:approve_early_tax",
        "participants:sales",
        "participants:sale_orders",
        "participants:record_sales",
        "participants:record_window",
    ):
        arguments[name] = [period]
    return arguments


def _export(telling: Any) -> Any:
    """The minute book, ready to be taken away."""
    export = request_export(chosen={}, by=telling.secretary, at=cast.noon(date(2015, 3, 1)))
    perform(export.job_id)
    return export


def _book(telling: Any) -> Any:
    """The book of what awaits decision."""
    at = cast.noon(date(2015, 3, 1))
    job = request_book(acts=list(open_acts()), by=telling.secretary, at=at)
    with time_machine.travel(at):
        perform(job.pk)
    return BoardBook.objects.get(job=job)


def _event(telling: Any) -> Any:
    """A change in control after everything else, which determines nothing more."""
    return record_control(telling, date(2015, 2, 27))


def _bankruptcy(telling: Any) -> Any:
    """A company that failed after everything was measured, with the paper that shows it."""
    return record_security_event(
        security=Security.objects.filter(is_company=False).earliest("pk"),
        kind="bankrupt",
        completed_on=date(2015, 2, 27),
        document=paper(telling),
        by=telling.administrator,
        at=cast.noon(date(2015, 2, 28)),
    )


def _comparison(telling: Any) -> Any:
    """A comparison with the firm's paper beside it."""
    comparison = compare_parachute(
        employee=telling.holders["signed"],
        triggered_on=date(2015, 1, 2),
        base_amount_minor=40_000_000,
        payments={"cash": 130_000_000},
        federal=Decimal("0.45"),
        state=Decimal(0),
        local=Decimal(0),
        by=telling.administrator,
        at=telling.told_at,
    )
    record_auditor_determination(
        comparison=comparison,
        firm="Ledger & Co",
        received_on=date(2015, 1, 9),
        choice="cut",
        paid_minor=119_999_900,
        excise_minor=0,
        document=paper(telling),
        by=telling.administrator,
        at=telling.told_at,
    )
    return comparison


def _of_the_holders_pages(telling: Telling) -> None:
    """A designation on the page, a letter, a document to open, an officer, and two decisions."""
    holder, day = telling.holders["signed"], date(2015, 2, 26)
    at = cast.noon(day)
    name_own_beneficiaries(
        employee=holder,
        beneficiaries=[Named("Otto Heir", "brother", Decimal(100))],
        by=holder.user,
        authentication=cast.proof(holder.user, at),
        at=at,
    )
    record_certified_mail(
        to=Recipient(str(holder.public_id), holder.name, "12 Harbour Row"),
        number="7015",
        posted_on=date(2015, 2, 1),
        subject="A letter",
        text="",
        document=paper(telling),
        by=telling.secretary,
        at=at,
    )
    told = {"document": paper(telling), "by": telling.secretary, "at": at}
    record_incorporated_document(kind="plan", effective_on=day, **told)
    record_authority(user=telling.approver, title="Treasurer", is_given=True, starts_on=day, **told)
    for subject in ("standing", "officer"):
        decide_pages(subject=subject, is_on=True, starts_on=day, by=telling.secretary, at=at)


def users_of(telling: Any) -> dict[str, User | None]:
    return {
        "nobody": None,
        "committee_member": telling.members[0],
        "secretary": telling.secretary,
        "human_resources": cast.staff("human_resources", name="Helen", telling=telling),
        "stock_administrator": telling.administrator,
        "finance": telling.approver,
        "auditor": cast.staff("auditor", name="Alan", telling=telling),
        "holder": telling.holders["signed"].user,
        "another_holder": telling.holders["unsigned"].user,
    }


def _came(answer: HttpResponse) -> str:
    if answer.status_code == 302 and answer["Location"].startswith("/accounts/login/"):
        return "in"
    return "ok" if answer.status_code in (200, 302) else str(answer.status_code)


def everything_on_record(telling: Any) -> None:
    """Something of every kind that an address may name."""
    from committee.services import propose_act
    from ltip.program.services.limits import record_plan_limit
    from ltip.program.services.periods import (
        open_period,
        record_fiscal_quarter_ends,
        record_stockholder_approval,
    )

    later = open_period(
        start_date=date(2015, 1, 1),
        end_date=date(2016, 12, 31),
        by=telling.secretary,
        at=telling.told_at,
    )
    goal = propose_act(
        kind="goal",
        request=cast.goal_request(later.label),
        by=telling.secretary,
        at=cast.noon(date(2015, 2, 1)),
    )
    adopt_elsewhere(telling)
    meeting = called([goal], by=telling.secretary, on=date(2015, 2, 12))
    recorded(
        meeting, by=telling.secretary, present=telling.members, items={goal: voted(telling.members)}
    )
    end_term(
        user=telling.members[1],
        ends_on=date(2040, 1, 1),
        by=telling.secretary,
        at=telling.told_at,
    )
    award = Award.objects.get(employee=telling.holders["signed"])
    recovery = {"award": str(award.public_id), "shares": 1, "policy": "one", "reason": "errors"}
    cast.adopt(telling, "recovery", recovery, date(2015, 2, 25))
    name_beneficiary(telling, "signed", paper=b"%PDF-1")
    _of_the_holders_pages(telling)
    draft(telling, "signed", on=date(2015, 2, 26))
    write_template(telling, on=date(2015, 2, 26))
    record(telling)
    move(telling, "signed")
    elect(telling, "signed", on=date(2015, 2, 26))
    taken(csv_file(line(ANN), line(ZOE, E_mail="no address")), telling.secretary)
    record_fiscal_quarter_ends(
        days=[date(2014, 12, 31)], by=telling.administrator, at=telling.told_at
    )
    record_plan_limit(
        kind="reserve",
        shares=1_000_000,
        starts_on=date(2015, 2, 27),
        document=paper(telling),
        by=telling.secretary,
        at=cast.noon(date(2015, 2, 28)),
    )
    record_stockholder_approval(
        approved_on=date(2015, 2, 27),
        document=paper(telling),
        by=telling.secretary,
        at=cast.noon(date(2015, 2, 28)),
    )


HOLDER, ANOTHER = "Zebedee-Quillfeather", "Xanthe-Marrowby"


def told_by_name() -> Telling:
    """The story of the two holders, with names that stand on no page by chance."""
    story = read_story(cast.SCENARIOS / "unsigned-papers.toml")
    story.sections["act"] = story.sections["act"][: cast.BEFORE_SETTLEMENT]
    for section, told in story.sections.items():
        story.sections[section] = _named(told)
    telling = cast.tell(story)
    assert not [refusal for _, refusal in telling.refusals if refusal]
    telling.holders |= {
        "signed": telling.holders[HOLDER],
        "unsigned": telling.holders[ANOTHER],
    }
    return telling


def _named(told: Any) -> Any:
    called = {"signed": HOLDER, "unsigned": ANOTHER}
    if isinstance(told, dict):
        return {called.get(key, key): _named(value) for key, value in told.items()}
    if isinstance(told, list):
        return [_named(value) for value in told]
    return called.get(told, told) if isinstance(told, str) else told


def _told_of_the_holder(answer: HttpResponse, holder: Any) -> str:
    """What a page says of the holder: the name, an address, or whom the holder named."""
    body = answer.content
    for word in (holder.name, holder.email, "Otto Heir", "12 Harbour Row"):
        if word.encode() in body:
            return word
    return ""


@pytest.mark.django_db
def test_each_role_may_just_what_the_table_says_and_nobody_else_reads_of_the_holder() -> None:
    telling = told_by_name()
    everything_on_record(telling)
    arguments, users = arguments_of(telling), users_of(telling)
    holder = telling.holders["signed"]
    cookies = {}
    for column, user in users.items():
        browser = Client()
        if user is not None:
            told = {"login": user.email, "password": PASSWORD}
            assert browser.post("/accounts/login/", told).status_code == 302
        cookies[column] = browser.cookies.output(header="", sep=";")
    wrong = []
    for name, method, *expected in ROWS:
        address = reverse(name, args=arguments.get(name, []))
        for column, wanted in zip(COLUMNS, expected, strict=True):
            with transaction.atomic():
                browser = Client()
                browser.cookies.load(cookies[column])
                send = browser.get if method == "GET" else browser.post
                answer = send(address)
                came = _came(answer)
                transaction.set_rollback(True)
            if came != wanted:
                wrong.append(f"{name} {method} as {column}: {came}, not {wanted}")
            reads_of_others = wanted == "ok" and column not in ("nobody", "another_holder")
            if column != "holder" and not reads_of_others:
                told_of = _told_of_the_holder(answer, holder)
                if told_of:
                    wrong.append(f"{name} {method} tells {column} of the holder: {told_of}")
    assert wrong == []
