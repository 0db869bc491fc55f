"""The two markets that are measured: the real one, and one made up of the same size."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Market:
    """A market by its files, with the company and the peers of the goal that is measured."""

    key: str
    name: str
    company: str
    peers: tuple[str, ...]
    acquired: tuple[tuple[str, str], ...]


REAL = Market(
    key="real",
    name="real market",
    company="CALX",
    peers=(
        *("ADTN", "ARRS", "BRCD", "CIEN", "CSCO", "EXTR", "FFIV", "FNSR", "HLIT", "INFN", "JDSU"),
        *("JNPR", "NTGR", "PLCM", "RVBD", "SONS", "TLAB", "UBNT", "WSTL", "XXIA", "ZHNE"),
    ),
    acquired=(("TLAB", "2013-12-03"),),
)
GENERATED = Market(
    key="generated",
    name="generated market",
    company="G00",
    peers=tuple(f"G{number:02}" for number in range(1, 22)),
    acquired=(),
)
MARKETS = {market.key: market for market in (REAL, GENERATED)}
