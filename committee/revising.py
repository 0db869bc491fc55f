"""Changing the text of a resolution before it is adopted, also before it is proposed."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from committee import selectors
from committee.adopting import require_open
from committee.exhibits import exhibit_of
from committee.models import Act, Revision
from committee.resolutions import (
    PLACE,
    bare_figures,
    filled,
    left_out,
    paragraph_pairs,
    with_text,
)
from committee.services import propose_act
from ltip.accounts.models import User
from ltip.records import services as records
from ltip.records.locks import lock
from ltip.rules.canonical import canonical_text, digest_of
from ltip.rules.outcome import Refused


class NeedsConfirmation(Refused):
    """The text is as wanted only if its author says so: it types figures, or leaves some out."""


@transaction.atomic
def revise_resolution(
    *,
    act: Act,
    text: Sequence[str],
    shown_digest: str,
    is_meant: bool,
    by: User,
    at: datetime,
) -> Revision:
    """Change the text of an open act; every signature given so far is void from then on.

    Figures stand in the text as placeholders and are filled from the exhibit. Refuses a
    placeholder that the exhibit has no figure for, an empty text, one that changes nothing, and a
    text that someone else changed meanwhile; and, unless its author says it `is_meant`, one that
    types a figure itself or leaves one out.
    """
    lock(f"act:{act.pk}", "committee")
    require_open(act)
    if shown_digest != act.exhibit_digest:
        raise Refused(
            f"The text of act {act.number} was changed while you wrote.",
            place=PLACE,
            remedy="Open it again and write on from the new text.",
        )
    exhibit = exhibit_of(act)
    wording = exhibit["wording"]
    if not text:
        raise Refused("A resolution without a text resolves nothing.", place=PLACE)
    filled(text, wording["figures"])
    if list(text) == wording["text"]:
        raise Refused("The text is as it was.", place=PLACE)
    if not is_meant:
        require_no_flags(text, before=wording["text"])
    number = len(selectors.revisions_of(act)) + 1
    revised = with_text(exhibit, text, number=number)
    changes = changes_said(exhibit["resolution"], revised["resolution"])
    digest = digest_of(canonical_text(revised))
    seal = records.seal(
        kind="committee.act.revised",
        content={
            "act": act.number,
            "number": number,
            "drafted": act.drafted_digest,
            "before": wording["text"],
            "text": list(text),
            "changes": changes,
            "exhibit": digest,
            "void": [
                {"member": str(user), "exhibit": signed}
                for user, signed in act.signatures.order_by("signed_at", "pk").values_list(
                    "membership__user__public_id", "exhibit_digest"
                )
            ],
        },
        by=by,
        at=at,
    )
    return Revision.objects.create(
        act=act,
        number=number,
        text=canonical_text(list(text)),
        changes=canonical_text(changes),
        exhibit_digest=digest,
        revised_by=by,
        revised_at=at,
        seal=seal,
    )


@transaction.atomic
def propose_in_words(
    *,
    kind: str,
    request: Mapping[str, Any],
    text: Sequence[str],
    by: User,
    at: datetime,
    dated_on: date | None = None,
) -> Act:
    """Put an act before the Committee with a text that its author has changed and confirmed.

    The draft stays on record with what was changed: the text is that of a first revision. One
    that is as it was drafted is none.
    """
    act = propose_act(kind=kind, request=request, by=by, at=at, dated_on=dated_on)
    if list(text) != exhibit_of(act)["wording"]["text"]:
        revise_resolution(
            act=act, text=text, shown_digest=act.exhibit_digest, is_meant=True, by=by, at=at
        )
    return act


def require_no_flags(text: Sequence[str], *, before: Sequence[str]) -> None:
    """Refuse, naming the words, figures that were typed and figures that were left out."""
    typed, missing = bare_figures(text, beside=before), left_out(text, before=before)
    said = []
    if typed:
        said.append(
            "These figures are typed and do not follow the exhibit: " + ", ".join(typed) + "."
        )
    if missing:
        said.append("The text no longer says " + ", ".join(f"{{{name}}}" for name in missing) + ".")
    if said:
        raise NeedsConfirmation(
            " ".join(said), place=PLACE, remedy="Use the names, or confirm that it is meant so."
        )


def changes_said(before: Sequence[str], after: Sequence[str]) -> list[list[str]]:
    """What changed, paragraph by paragraph: what it said and what it says, empty where nothing."""
    return [[was, now] for was, now in paragraph_pairs(before, after)]


def changes_of(revision: Revision) -> list[list[str]]:
    """What a revision changed, as it was sealed."""
    changes: list[list[str]] = json.loads(revision.changes)
    return changes
