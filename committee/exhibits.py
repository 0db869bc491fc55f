"""Reading what the members are shown: the exhibit drafted, as it stands, and as a page draws it."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.cache import cache
from django.db.models import Case, F, Q, QuerySet, When

from committee.differences import differences
from committee.models import Act, ExhibitRows
from committee.outlines import STRETCH, Rows
from committee.protocol import Exhibit, Kind, Request, kind_named
from committee.resolutions import with_text
from ltip.program.selectors import reading_history
from ltip.records.models import Seal
from ltip.rules.canonical import canonical_text

# What is sealed under these names can't be a fact that an exhibit rests on.
NO_FACTS = ("committee.act.", "committee.meeting.", "accounts.")


def drafted_exhibit(act: Act) -> dict[str, Any]:
    """The exhibit as it was frozen when the act was proposed, before any change of its text."""
    exhibit: dict[str, Any] = json.loads(act.exhibit)
    return exhibit


def exhibit_of(act: Act) -> dict[str, Any]:
    """The exhibit as it stands: frozen when the act was proposed, with the text as last revised."""
    return _as_revised(act, drafted_exhibit(act))


def with_what_is_drawn(acts: QuerySet[Act]) -> QuerySet[Act]:
    """The same acts with what a page draws of each, without the whole of a long exhibit."""
    return acts.annotate(
        drawn=Case(When(outline="", then=F("exhibit")), default=F("outline")),
        has_outline=~Q(outline=""),
    ).defer("exhibit", "outline")


def drawn_exhibit(act: Act) -> dict[str, Any]:
    """What a page draws of the exhibit as drafted: of a long one its outline, without long rows.

    Read once for each object of an act, whose text never changes; not to be altered.
    """
    known = vars(act)
    if "exhibit_drawn" not in known:
        known["exhibit_drawn"] = json.loads(known.get("drawn") or act.outline or act.exhibit)
    drawn: dict[str, Any] = known["exhibit_drawn"]
    return drawn


def drawn_as_it_stands(act: Act) -> dict[str, Any]:
    """The same, with the text as last revised."""
    return _as_revised(act, drawn_exhibit(act))


def rows_of(act: Act, table: int, *, page: int | None) -> Rows:
    """A stretch of a long table, counted from one, or with no page all of its rows."""
    stretches = ExhibitRows.objects.filter(act=act, table=table).order_by("part")
    if page is not None:
        stretches = stretches.filter(part=page - 1)
    return [row for stretch in stretches for row in json.loads(stretch.rows)]


def pages_of(count: int) -> int:
    """How many stretches that many rows make."""
    return -(-count // STRETCH)


def exhibit_anew(kind: Kind, request: Request, *, on: date) -> Exhibit:
    """The exhibit as it would be drawn up now, in canonical values."""
    exhibit: Exhibit = json.loads(canonical_text(kind.prepare(request, on=on)))
    return exhibit


def changes_shown(act: Act, *, on: date) -> Sequence[str]:
    """What the exhibit, drawn up again as of a day, says otherwise than the one that was frozen.

    To draw up a long one takes seconds. A page does it only when something was sealed since, or
    another reading holds, and then once: a signature always does it.
    """
    has_outline = act.has_outline if hasattr(act, "has_outline") else bool(act.outline)
    if not has_outline:
        return _changes(act, on)
    facts = Seal.objects.filter(number__gt=act.seal_id)
    for name in NO_FACTS:
        facts = facts.exclude(kind__startswith=name)
    newest = facts.order_by("-number").values_list("number", flat=True).first()
    history = reading_history()
    if newest is None and history.on(act.seal.legal_date) == history.on(on):
        return ()
    key = f"changes-of-exhibit:{act.public_id}:{newest}:{on}"
    changes: Sequence[str] | None = cache.get(key)
    if changes is None:
        changes = _changes(act, on)
        cache.set(key, changes)
    return changes


def _changes(act: Act, on: date) -> list[str]:
    anew = exhibit_anew(kind_named(act.kind), json.loads(act.request), on=on)
    return differences(drafted_exhibit(act), anew)


def _as_revised(act: Act, exhibit: dict[str, Any]) -> dict[str, Any]:
    revision = act.last_revision
    if revision is None:
        return exhibit
    return with_text(exhibit, json.loads(revision.text), number=revision.number)
