"""Puts the certification of every award before the Committee, opens its pages, and seals it.

Prints the seconds of each as JSON; the pages are asked for until they are no longer the first.
"""

import json
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import django
import time_machine

django.setup()

from django.test import Client  # noqa: E402

from committee import services as committee  # noqa: E402
from ltip.accounts import services as accounts  # noqa: E402
from ltip.accounts.models import User  # noqa: E402
from ltip.desk.scenarios.telling import PASSWORD, noon  # noqa: E402
from ltip.program.models import PerformancePeriod, TsrRun  # noqa: E402

AT = noon(date(2014, 2, 24))
PAGES = 5


def seconds_of(perform: Callable[[], Any]) -> tuple[float, Any]:
    started = time.perf_counter()
    done = perform()
    return time.perf_counter() - started, done


def sign(user: User) -> committee.Signing:
    proof = accounts.reauthenticate(
        user=user, password=PASSWORD, at=AT, address="127.0.0.1", device="bench"
    )
    return committee.sign_act(
        act=act, shown_digest=act.exhibit_digest, by=user, authentication=proof, at=AT
    )


def page(path: str) -> list[float]:
    asked = [seconds_of(lambda: client.get(path)) for _ in range(1 + PAGES)]
    assert all(answer.status_code == 200 for _, answer in asked)
    return [seconds for seconds, _ in asked[1:]]


secretary = User.objects.get(email="secretary@story.example")
request = {
    "period": PerformancePeriod.objects.get().label,
    "run": str(TsrRun.objects.get().public_id),
}
took: dict[str, Any] = {}
took["propose"], act = seconds_of(
    lambda: committee.propose_act(kind="certification", request=request, by=secretary, at=AT)
)
*others, last = User.objects.filter(memberships__isnull=False).order_by("email")
took["sign"] = [seconds_of(lambda user=user: sign(user))[0] for user in others]
client = Client()
with time_machine.travel(AT):
    assert client.post("/accounts/login/", {"login": last.email, "password": PASSWORD}).status_code
    took["docket"] = page("/committee/")
    took["act"] = page(f"/committee/acts/{act.public_id}/")
took["seal"], signing = seconds_of(lambda: sign(last))
assert signing.adopted
print(json.dumps(took))
