"""An act on its way to the Committee: shown as the members will read it, worded, then proposed."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest

from committee.dating import adopted_on, day_of
from committee.drawing import draw
from committee.exhibits import exhibit_anew
from committee.forms import DraftingForm
from committee.models import Act
from committee.protocol import Check, kind_named
from committee.resolutions import figures_beside, paragraphs_of, with_text, written
from committee.revising import propose_in_words
from ltip import clock
from ltip.accounts.access import signed_in_user
from ltip.rules.canonical import canonical_text, digest_of
from ltip.rules.outcome import Refused

PREFIX = DraftingForm.prefix


@dataclass(frozen=True, slots=True)
class Preview:
    """What the members would read if the act were put before them now, and its text to change.

    `shown` is the digest of the exhibit as drafted; it comes back with the form, so that nothing
    is proposed that was not shown. `has_changed` says that it was another one than was shown,
    `text_was_reset` that a changed text did not fit any more.
    """

    drawing: Any
    checks: list[Check]
    shown: str
    has_changed: bool
    wording: DraftingForm
    text_was_reset: bool
    figures: list[tuple[str, str]]

    @property
    def is_possible(self) -> bool:
        return all(check.passed or check.information for check in self.checks)


def proposed_or_shown(
    request: HttpRequest,
    *,
    kind: str,
    form: forms.Form,
    asked: Callable[[], Mapping[str, Any]],
    at_once: bool = False,
) -> Act | Preview | None:
    """The act that a valid form asks for, or what the members would read; a refusal is the form's.

    It is proposed once it was shown, or `at_once` where the page lets its author skip the look.
    """
    sent = request.POST
    try:
        act_request = json.loads(canonical_text(asked()))
        exhibit = exhibit_anew(kind_named(kind), act_request, on=day_of(request))
        shown = digest_of(canonical_text(exhibit))
        wording = _wording(request, exhibit["wording"])
        was_shown, skips = sent.get("shown", ""), at_once and not {"look", "shown"} & sent.keys()
        if (skips or was_shown == shown) and wording.is_valid():
            return propose_in_words(
                kind=kind,
                request=act_request,
                text=wording.cleaned_data["text"],
                by=signed_in_user(request),
                at=clock.now(),
                dated_on=adopted_on(request),
            )
        checks = kind_named(kind).checks(exhibit, on=day_of(request))
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
    if wording.is_valid() and wording.is_changed:
        exhibit = with_text(exhibit, wording.cleaned_data["text"], number=1)
    return Preview(
        drawing=draw(exhibit),
        checks=checks,
        shown=shown,
        has_changed=bool(was_shown) and was_shown != shown,
        wording=wording,
        text_was_reset=_text_was_lost(request, wording),
        figures=figures_beside(exhibit["wording"]["text"], exhibit["wording"]["figures"]),
    )


def _wording(request: HttpRequest, wording: Mapping[str, Any]) -> DraftingForm:
    """The text as it was typed, or the one drafted where none was or it was of another draft."""
    draft, figures = wording["text"], wording["figures"]
    told = {"text": written(draft), "draft": digest_of(canonical_text(draft))}
    is_of_this_draft = request.POST.get(f"{PREFIX}-draft") == told["draft"]
    anew = {f"{PREFIX}-{name}": value for name, value in told.items()}
    return DraftingForm(request.POST if is_of_this_draft else anew, drafted=draft, figures=figures)


def _text_was_lost(request: HttpRequest, wording: DraftingForm) -> bool:
    """Whether a text was changed that does not fit what is asked now, and stands no more."""
    typed = paragraphs_of(request.POST.get(f"{PREFIX}-text", ""))
    was_changed = digest_of(canonical_text(typed)) != request.POST.get(f"{PREFIX}-draft")
    return bool(typed) and was_changed and wording.data is not request.POST
