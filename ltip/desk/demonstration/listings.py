"""The invented stocks: where each begins, how far it moves in a year, and what befalls it."""

from dataclasses import dataclass, field
from datetime import date

OWN_TICKER = "LKFD"


@dataclass(frozen=True, slots=True)
class Listing:
    """A stock and its fate.

    `changes` are the price's changes over 2022 to 2026 in percent, later years repeat `later`.
    `market` says how much of the market's moves it shares, in percent; `swing` is the usual size
    of its own daily move in millionths. `shocks` are single days' moves in millionths, made good
    over the rest of the year. From `calm_from` on (a bid stands) the price hardly moves, after a
    jump of `bid` millionths; `last_day` is its last day of trading.
    """

    ticker: str
    name: str
    cents: int
    changes: tuple[int, int, int, int, int]
    later: int = 6
    market: int = 100
    swing: int = 13_000
    shocks: dict[date, int] = field(default_factory=dict)
    dividends: tuple[tuple[int, str], ...] = ()
    specials: dict[date, str] = field(default_factory=dict)
    splits: dict[date, int] = field(default_factory=dict)
    calm_from: date | None = None
    bid: int = 0
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class Happening:
    """What befalls a company on a day; `other` is the survivor of a merger."""

    on: date
    ticker: str
    kind: str
    other: str | None = None


# Dividends are quarterly, by the first year in which the amount is paid.
LISTINGS = (
    Listing(
        OWN_TICKER,
        "Larkfield Networks, Inc. (invented)",
        2_400,
        (-55, -5, 175, 6, 14),
        swing=16_000,
        shocks={date(2022, 8, 3): -310_000, date(2024, 4, 24): 180_000},
        dividends=((2024, "0.05"), (2025, "0.07"), (2026, "0.08")),
    ),
    Listing("ASQU", "Ashquill Optical (invented)", 4_150, (-10, 5, 8, -12, 5)),
    Listing(
        "BRLO",
        "Brindlow Switching (invented)",
        1_875,
        (-20, 12, -5, -18, 8),
        dividends=((2021, "0.08"), (2024, "0.09")),
    ),
    Listing("CRSW", "Cresswater Systems (invented)", 9_620, (15, 10, -12, -6, -10), market=120),
    Listing(
        "DUNT",
        "Dunterly Photonics (invented)",
        3_340,
        (-25, 20, 10, 60, 10),
        market=130,
        swing=18_000,
    ),
    Listing(
        "EVLF",
        "Everloft Wireless (invented)",
        2_715,
        (-35, -10, 15, -25, 5),
        shocks={date(2023, 2, 9): -160_000},
    ),
    Listing(
        "FNHW",
        "Fenhollow Semiconductor (invented)",
        6_105,
        (-30, 60, 45, 17, -15),
        market=150,
        swing=17_000,
    ),
    Listing(
        "GLMF",
        "Glimmerford Cable (invented)",
        5_480,
        (5, -8, -15, -8, 4),
        market=60,
        swing=9_000,
        dividends=((2021, "0.30"), (2023, "0.32"), (2025, "0.33")),
    ),
    Listing(
        "HTSE",
        "Hartsedge Routing (invented)",
        2_960,
        (-15, 25, 20, 0, 0),
        calm_from=date(2024, 5, 20),
        bid=310_000,
        last_day=date(2024, 9, 13),
    ),
    Listing(
        "KLVT",
        "Kelverton Software (invented)",
        7_290,
        (-40, 35, 70, 110, -5),
        market=140,
        swing=19_000,
    ),
    Listing(
        "MLBK",
        "Marlbeck Devices (invented)",
        1_520,
        (-12, -5, -30, -20, 6),
        calm_from=date(2027, 1, 25),
        bid=90_000,
        last_day=date(2027, 5, 14),
    ),
    Listing(
        "NBKF",
        "Netherbeck Fiber (invented)",
        1_240,
        (-45, -35, -40, -97, 0),
        swing=24_000,
        shocks={date(2025, 3, 6): -420_000},
        last_day=date(2025, 6, 10),
    ),
    Listing(
        "OBST",
        "Orbanstead Satellite (invented)",
        3_075,
        (-8, 15, 20, 150, 10),
        swing=21_000,
        shocks={date(2025, 7, 30): 240_000},
    ),
    Listing(
        "PLXW",
        "Plaxworth Networks (invented)",
        8_830,
        (10, 6, 4, 2, 5),
        market=70,
        swing=9_000,
        dividends=((2021, "0.22"), (2023, "0.24"), (2025, "0.27")),
        specials={date(2024, 12, 11): "4.00"},
    ),
    Listing(
        "SVWT",
        "Silverwent Broadband (invented)",
        11_460,
        (-50, 20, 95, 75, -20),
        market=140,
        swing=20_000,
        splits={date(2025, 6, 16): 2},
    ),
    Listing(
        "TBLK",
        "Tamberlake Instruments (invented)",
        6_640,
        (20, 18, -5, 10, 3),
        market=80,
        swing=10_000,
        calm_from=date(2026, 7, 13),
        bid=240_000,
        last_day=date(2026, 10, 16),
        dividends=((2021, "0.18"), (2024, "0.20")),
    ),
)

HAPPENINGS = (
    Happening(date(2024, 9, 16), "HTSE", "acquired"),
    Happening(date(2025, 6, 11), "NBKF", "bankrupt"),
    Happening(date(2026, 10, 19), "TBLK", "acquired"),
    Happening(date(2027, 5, 17), "MLBK", "merged", other="DUNT"),
)


@dataclass(frozen=True, slots=True)
class Misprint:
    """A close that was first delivered wrong, and corrected later."""

    on: date
    ticker: str
    printed: str


# The last close before 2023: the base of the periods that begin then.
MISPRINT = Misprint(date(2022, 12, 30), "FNHW", "40.72")


def peers_on(day: date) -> list[str]:
    """The tickers of the peers that still trade on a day."""
    return [
        listing.ticker
        for listing in LISTINGS
        if listing.ticker != OWN_TICKER and (listing.last_day is None or listing.last_day >= day)
    ]
