"""Every address on the site, for every role and for nobody: one literal table.

`ok`: answered (or led on inside the site); `in`: sent to the sign-in page; otherwise the status.
A GET reads; a POST is sent empty, so that `ok` means that the form came back or something refused
the empty form, not that something was done.
"""

from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from committee.models import Act
from ltip.accounts.models import User
from ltip.desk.scenarios.telling import PASSWORD
from ltip.jobs.models import Job
from ltip.program.models import TsrRun
from participants.awards.models import Award
from tests import cast

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
desk:calendar                       GET    in   ok   ok   ok   ok   ok   ok   403  403
desk:calendar                       POST   in   405  405  405  405  405  405  405  405
desk:period                         GET    in   ok   ok   ok   ok   ok   ok   403  403
desk:period                         POST   in   405  405  405  405  405  405  405  405
desk:next_day                       GET    in   405  405  405  405  405  405  405  405
desk:next_day                       POST   in   404  404  404  404  404  404  404  404
committee:docket                    GET    in   ok   ok   403  403  403  ok   403  403
committee:docket                    POST   in   405  405  405  405  405  405  405  405
committee:act                       GET    in   ok   ok   403  403  403  ok   403  403
committee:act                       POST   in   405  405  405  405  405  405  405  405
committee:sign                      GET    in   405  405  405  405  405  405  405  405
committee:sign                      POST   in   ok   403  403  403  403  403  403  403
committee:withdraw                  GET    in   405  405  405  405  405  405  405  405
committee:withdraw                  POST   in   403  ok   403  403  403  403  403  403
committee:minutes                   GET    in   ok   ok   403  403  403  ok   403  403
committee:minutes                   POST   in   405  405  405  405  405  405  405  405
committee:set_goal                  GET    in   403  ok   403  403  403  ok   403  403
committee:set_goal                  POST   in   403  ok   403  403  403  403  403  403
program:prices                      GET    in   ok   ok   403  ok   ok   ok   403  403
program:prices                      POST   in   403  403  403  ok   403  403  403  403
program:securities                  GET    in   ok   ok   403  ok   ok   ok   403  403
program:securities                  POST   in   405  405  405  405  405  405  405  405
program:security_event              GET    in   403  403  403  ok   403  ok   403  403
program:security_event              POST   in   403  403  403  ok   403  403  403  403
program:annual_report               GET    in   ok   ok   403  ok   ok   ok   403  403
program:annual_report               POST   in   403  403  403  ok   403  403  403  403
program:runs                        GET    in   ok   ok   403  ok   ok   ok   403  403
program:runs                        POST   in   403  403  403  ok   403  403  403  403
program:run                         GET    in   ok   ok   403  ok   ok   ok   403  403
program:run                         POST   in   405  405  405  405  405  405  405  405
program:run_inputs                  GET    in   ok   ok   403  ok   ok   ok   403  403
program:run_inputs                  POST   in   405  405  405  405  405  405  405  405
jobs:job                            GET    in   ok   ok   ok   ok   ok   ok   404  404
jobs:job                            POST   in   405  405  405  405  405  405  405  405
participants:employees              GET    in   403  ok   ok   403  403  ok   403  403
participants:employees              POST   in   405  405  405  405  405  405  405  405
participants:add_employee           GET    in   403  403  ok   403  403  ok   403  403
participants:add_employee           POST   in   403  403  ok   403  403  403  403  403
participants:employee               GET    in   403  ok   ok   403  403  ok   403  403
participants:employee               POST   in   405  405  405  405  405  405  405  405
participants:give_account           GET    in   405  405  405  405  405  405  405  405
participants:give_account           POST   in   403  403  ok   403  403  403  403  403
participants:personal_data          GET    in   405  405  405  405  405  405  405  405
participants:personal_data          POST   in   403  403  ok   403  403  403  403  403
participants:change_status          GET    in   403  403  ok   403  403  ok   403  403
participants:change_status          POST   in   403  403  ok   403  403  403  403  403
participants:end_service            GET    in   403  403  ok   403  403  ok   403  403
participants:end_service            POST   in   403  403  ok   403  403  403  403  403
participants:enrolment              GET    in   403  ok   ok   403  403  ok   403  403
participants:enrolment              POST   in   403  403  ok   403  403  403  403  403
participants:submit_enrolment       GET    in   405  405  405  405  405  405  405  405
participants:submit_enrolment       POST   in   403  ok   403  403  403  403  403  403
participants:propose_certification  GET    in   403  ok   403  403  403  ok   403  403
participants:propose_certification  POST   in   403  ok   403  403  403  403  403  403
participants:signatures             GET    in   403  ok   ok   403  403  ok   403  403
participants:signatures             POST   in   405  405  405  405  405  405  405  405
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
participants:statement              GET    in   403  403  403  403  403  403  ok   404
participants:statement              POST   in   405  405  405  405  405  405  405  405
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


def _arguments(telling: Any) -> dict[str, list[Any]]:
    act = Act.objects.filter(adoption__isnull=True, ending__isnull=True).get()
    run, job = TsrRun.objects.get(), Job.objects.filter(kind="program.tsr_run").get()
    award = Award.objects.get(employee=telling.holders["signed"]).public_id
    employee, period = telling.holders["signed"].public_id, telling.period
    arguments: dict[str, list[Any]] = {
        "account_reset_password_from_key": ["1", "set-password"],
        "participants:change_status": [employee, "grade"],
        "jobs:job": [job.public_id],
    }
    for name in ("act", "sign", "withdraw"):
        arguments[f"committee:{name}"] = [act.public_id]
    for name in ("employee", "give_account", "personal_data", "end_service"):
        arguments[f"participants:{name}"] = [employee]
    for name in ("my_award", "notice", "sign_notice", "notice_pdf", "statement"):
        arguments[f"participants:{name}"] = [award]
    for name in ("program:run", "program:run_inputs"):
        arguments[name] = [period, run.public_id]
    for name in (
        "desk:period",
        "committee:set_goal",
        "program:runs",
        "participants:enrolment",
        "participants:submit_enrolment",
        "participants:propose_certification",
        "participants:signatures",
        "participants:settlement",
        "participants:tick_condition",
        "participants:prepare_settlement",
        "participants:approve_settlement",
        "participants:transfer_agent_file",
    ):
        arguments[name] = [period]
    return arguments


def _users(telling: Any) -> dict[str, User | None]:
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


@pytest.mark.django_db
def test_each_role_may_just_what_the_table_says() -> None:
    telling = cast.told(acts=cast.BEFORE_SETTLEMENT)
    from committee.services import propose_act
    from ltip.program.services.periods import open_period

    later = open_period(
        start_date=date(2015, 1, 1),
        end_date=date(2016, 12, 31),
        by=telling.secretary,
        at=telling.told_at,
    )
    propose_act(
        kind="goal",
        request=cast.goal_request(later.label),
        by=telling.secretary,
        at=cast.noon(date(2015, 2, 1)),
    )
    arguments, users = _arguments(telling), _users(telling)
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
                came = _came(send(address))
                transaction.set_rollback(True)
            if came != wanted:
                wrong.append(f"{name} {method} as {column}: {came}, not {wanted}")
    assert wrong == []
