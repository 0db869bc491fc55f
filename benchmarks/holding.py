"""Tells the demonstration and opens a holder's pages as often as asked for.

The holder has eight awards, three of them shown as they stand so far. Prints as JSON, for each
page, the seconds of every request and how many queries it made.
"""

import json
import sys
import time

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from ltip.desk.demonstration import company, loading, story  # noqa: E402
from participants.awards.models import Award  # noqa: E402

with loading.passwords_hashed_at_once():
    told = story.tell()
    holder = told.users[company.PARTICIPANTS["US"]]
    client = Client()
    password = {"login": holder.email, "password": company.PASSWORD}
    assert client.post("/accounts/login/", password).status_code == 302

running = Award.objects.get(employee__user=holder, period__label="2024–2026")
pages = {
    "what waits": "/",
    "the list of awards": "/my/",
    "an award as it stands": f"/my/awards/{running.public_id}/",
    "everything sent and signed": "/my/history/",
}
measured = {}
for what, path in pages.items():
    client.get(path)
    seconds = []
    for _ in range(int(sys.argv[1])):
        started = time.perf_counter()
        assert client.get(path).status_code == 200
        seconds.append(time.perf_counter() - started)
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    measured[what] = {"seconds": seconds, "queries": len(queries)}
print(json.dumps(measured))
