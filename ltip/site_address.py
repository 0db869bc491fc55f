"""Links that leave the building: in mails, calendars and reset passwords."""

from urllib.parse import urljoin

from django.conf import settings


def link_to(path: str) -> str:
    """A page's whole address. It begins with the setting, not with what a request claims."""
    return urljoin(settings.SITE_ADDRESS, path)
