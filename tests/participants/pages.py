"""Reading an answered page as a person does."""

import re
from html import unescape

from django.http import HttpResponse
from django.utils.html import strip_tags

from ltip.accounts.models import User
from ltip.desk.scenarios.telling import Telling
from tests import cast


def words(answer: HttpResponse) -> str:
    """The words on the page, without markup."""
    return re.sub(r"\s+", " ", unescape(strip_tags(answer.content.decode())))


def human_resources(telling: Telling) -> User:
    return cast.staff("human_resources", name="Helen Hart", telling=telling)


def auditor(telling: Telling) -> User:
    return cast.staff("auditor", name="Alan Audit", telling=telling)
