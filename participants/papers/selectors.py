"""Reading notices and what their holders have to do with them."""

import json
from typing import Any

from participants.papers.models import Notice
from participants.papers.wording import Section, acknowledgements_for, notice_sections
from participants.people.models import Employee


def notices_to_sign(employee: Employee) -> list[Notice]:
    """The notices that the holder has not signed, oldest first."""
    return list(
        Notice.objects.filter(award__employee=employee, acceptance__isnull=True)
        .select_related("award__employee", "award__period")
        .order_by("pk")
    )


def data_of(notice: Notice) -> dict[str, Any]:
    """The notice's data: the original of which page and PDF are renderings."""
    data: dict[str, Any] = json.loads(notice.data)
    return data


def sections_of(notice: Notice) -> list[Section]:
    """The notice's text, section by section."""
    return notice_sections(data_of(notice))


def keys_to_agree_to(notice: Notice) -> list[str]:
    """What the holder has to agree to when signing (rulebook 11.2)."""
    return [item.key for item in acknowledgements_for(data_of(notice)["country"])]
