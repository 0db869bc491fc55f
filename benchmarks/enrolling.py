"""Works the stretches of everyone's records out and opens the enrolment list, however filtered.

Prints the seconds of each as JSON; the pages are asked for until they are no longer the first.
"""

import json
import time
from datetime import date
from typing import Any

import django
import time_machine

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from ltip.desk.scenarios.telling import PASSWORD, noon  # noqa: E402
from participants.people.stretches import keep_stretches  # noqa: E402

AT = noon(date(2013, 3, 4))
PAGES = 5
LIST = "/enrolment/2013-2014/"
ASKED = {
    "eligible": "",
    "last page of those not": "?status=not&page=800",
    "by name": "?status=not&text=person+0499",
    "by grade and country": "?status=eligible&grade=Executive+1&country=GB",
    "on the list": "?status=listed",
    "later": "?status=later",
}

took: dict[str, Any] = {}
started = time.perf_counter()
keep_stretches()
took["stretches"] = time.perf_counter() - started
with connection.cursor() as cursor:
    cursor.execute("ANALYZE")  # as autovacuum does within the minute
client = Client()
with time_machine.travel(AT):
    client.post("/accounts/login/", {"login": "helen@story.example", "password": PASSWORD})
    for what, query in ASKED.items():
        seconds = []
        for _ in range(1 + PAGES):
            started = time.perf_counter()
            answer = client.get(f"{LIST}{query}")
            seconds.append(time.perf_counter() - started)
            assert answer.status_code == 200, what
            assert b'scope="row"' in answer.content, what
        took[what] = seconds[1:]
print(json.dumps(took))
