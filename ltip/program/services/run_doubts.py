"""What was in doubt when a final run was made, kept and sealed with the run."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ltip.program import selectors
from ltip.program.models import RunDoubts, TsrRun
from ltip.records import services as records
from ltip.records.models import Seal
from ltip.rules.calendars import day_text
from ltip.rules.canonical import canonical_text, digest_of


@dataclass(frozen=True, slots=True)
class DoubtsKept:
    """The doubts about the prices of a run as text, and how many were open or confirmed."""

    text: str
    open: int
    confirmed: int

    @property
    def digest(self) -> str:
        return digest_of(self.text)


def doubts_kept_of(inputs: Mapping[str, Any]) -> DoubtsKept | None:
    """What is in doubt about the prices of a run: what is open, what was confirmed by whom and
    why, and what was put right. None where no goal needs prices."""
    if not inputs["trading_days"]:
        return None
    found = selectors.doubts_in(inputs)
    still_open = [_told(each) for each in found if each.confirmation is None]
    confirmed = [
        {
            **_told(each),
            "by": each.confirmation.seal.actor_name,
            "reason": each.confirmation.reason,
            "seal": each.confirmation.seal_id,
        }
        for each in found
        if each.confirmation
    ]
    corrected = [
        {
            "security": str(correction.security.public_id),
            "name": correction.security.name,
            "on": correction.date,
            "what": correction.what,
            "value": correction.value,
            "sentence": f"The {correction.what.replace('_', '-')} of {correction.security.name} on "
            f"{day_text(correction.date)} is {correction.value}.",
            "by": correction.seal.actor_name,
            "reason": correction.reason,
            "seal": correction.seal_id,
        }
        for correction in selectors.corrections_in(inputs)
    ]
    text = canonical_text({"open": still_open, "confirmed": confirmed, "corrected": corrected})
    return DoubtsKept(text, len(still_open), len(confirmed))


def keep_doubts(run: TsrRun, doubts: DoubtsKept, *, seal: Seal) -> RunDoubts:
    """Write what was in doubt beside the run; the run's seal holds the digest of it."""
    document = records.store_document(
        content=doubts.text.encode(),
        name=f"doubts-{run.period.label}.json",
        media_type="application/json",
        at=run.run_at,
    )
    return RunDoubts.objects.create(
        run=run, document=document, open=doubts.open, confirmed=doubts.confirmed, seal=seal
    )


def _told(found: selectors.DoubtFound) -> dict[str, Any]:
    doubt = found.doubt
    return {
        "key": found.key,
        "ticker": found.ticker,
        "kind": doubt.kind,
        "on": doubt.on,
        "until": doubt.until,
        "sentence": doubt.sentence,
    }
