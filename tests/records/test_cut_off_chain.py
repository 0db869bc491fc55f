"""A chain whose end was cut off hangs together; what was decided there says that it is missing."""

from datetime import UTC, date, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from committee.members import seat_member
from ltip.accounts.services import SYSTEM, open_account
from ltip.records import selectors
from ltip.records.models import Seal

pytestmark = pytest.mark.usefixtures("fresh_database")

AT = datetime(2013, 1, 10, 12, tzinfo=UTC)


def test_an_end_cut_off_is_named_by_what_rests_on_it() -> None:
    user = open_account(email="a@cut.example", name="A", time_zone="UTC", by=SYSTEM, at=AT)
    seat_member(user=user, position="chair", starts_on=date(2013, 1, 1), by=SYSTEM, at=AT)
    # The account opened, the role given, the member seated.
    assert Seal.objects.order_by("-number").values_list("number", "kind")[0] == (
        3,
        "committee.member.seated",
    )
    assert selectors.first_missing_seal() is None
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA foreign_keys = OFF")
            cursor.execute("DROP TRIGGER records_seal_refuse_delete")
        else:
            cursor.execute("ALTER TABLE records_seal DISABLE TRIGGER refuse_change")
            for name, told in connection.introspection.get_constraints(
                cursor, "committee_membership"
            ).items():
                if told["foreign_key"] == ("records_seal", "number"):
                    cursor.execute(f'ALTER TABLE committee_membership DROP CONSTRAINT "{name}"')
        cursor.execute("DELETE FROM records_seal WHERE number = 3")
    assert selectors.first_fault() == (2, None)
    with pytest.raises(
        CommandError,
        match="^Record 3 does not fit: it is missing, "
        "and a row of committee_membership rests on it.$",
    ):
        call_command("verify_records")
