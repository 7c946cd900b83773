"""Several methods at once: which rules call which cells clusters, and on how many they agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

import pandas as pd

from atlas.analysis.choices import Choices, choices
from atlas.analysis.clusters import all_clusters
from atlas.analysis.measure import terms_of
from atlas.errors import ChoiceError, unknown
from atlas.figures.scales import classify, make_scale
from atlas.metrics import METRICS
from atlas.metrics import measure as compute
from atlas.metrics.registry import find
from atlas.metrics.uncertainty import quotient_interval, small_count
from atlas.model import COUNTED, STATUSES, MapView, Metric, Parameter, Release, mark

#: The rules, by name, in the order of the register.
RULES: tuple[str, ...] = METRICS["agreement"].needs
#: The setting of a rule with stars that is not the formula's: how many stars make a cluster.
CALLS = "calls"
#: Other values than the published ones: rule -> setting -> value.
Settings = Mapping[str, Mapping[str, float]]
PUBLISHED: Settings = MappingProxyType({})
#: The figures of the maps, made here with whatever thresholds are chosen and nowhere stored: of
#: one sector the rules that agree, of all sectors how many are agreed on.
AGREED = replace(
    METRICS["agreement"],
    reading=mark(
        "How many rules, with the thresholds chosen here, call the sector in the region a cluster."
    ),
)
SECTORS = replace(
    METRICS["agreement"],
    name="agreed_sectors",
    title=mark("Sectors agreed on"),
    reading=mark("Sectors of the region that at least the chosen number of rules call a cluster."),
    unit="sectors",
    scale="circles",
    top=0,
)


@dataclass(frozen=True)
class Rule:
    """A rule as it was applied: ``settings`` has all of them, ``changed`` those that differ from
    the published ones. It ``called`` so many cells clusters of those that it could judge
    (``judged``)."""

    metric: Metric
    settings: Mapping[str, float]
    changed: tuple[str, ...]
    called: int
    judged: int


@dataclass(frozen=True, eq=False)
class Discovery:
    """What the rules say of every cell of a level and a year.

    ``cells``: one row per region and sector, those that most rules agree on first, then by
    location quotient; columns region_code, industry_code, ``location_quotient``, ``amount`` and
    every rule's name (its value, NaN where it cannot judge), ``amount_status``, ``agree`` (rules
    that call the cell a cluster), ``judges`` (rules that can judge it), ``small`` (so few were
    counted that the quotient says little) and ``status`` (why no rule can judge, else the worst of
    what the quotient rests on). ``together``: for each two rules the cells that both call.
    """

    release: Release
    measure: str
    year: int
    level: int
    sectors: tuple[str, ...]
    rules: tuple[Rule, ...]
    cells: pd.DataFrame
    together: pd.DataFrame

    @property
    def judging(self) -> int:
        """How many rules can judge any cell at all."""
        return sum(rule.judged > 0 for rule in self.rules)

    @property
    def judged(self) -> int:
        """How many cells any rule can judge."""
        return int((self.cells["judges"] > 0).sum())

    def agreed(self, at_least: int) -> pd.DataFrame:
        """The cells that at least so many rules call clusters."""
        return self.cells[self.cells["agree"] >= at_least]


def parameters(metric: Metric) -> Mapping[str, Parameter]:
    """All that can be set about a rule, by name: its thresholds, and with stars how many of them
    make a cluster."""
    if metric.top < 2:
        return metric.parameters
    meaning = mark("So many stars make a cluster.")
    stars = Parameter(meaning, 1, metric.top, metric.calls)
    return {**metric.parameters, CALLS: stars}


def step(about: Parameter) -> float:
    """By how much a setting moves at once: a quantile or a share by hundredths, stars by one."""
    if about.high <= 1:
        return 0.01
    return 1.0 if about.low == 1 else 0.1


def depths(known: Choices, measure: str) -> dict[int, list[str]]:
    """Sectors with figures of a measure by their steps below the root, 1 first."""
    found: dict[int, list[str]] = {}
    root = known.root_industry.code
    for code in known.industries_of(measure):
        if code != root and known.is_activity(code):
            found.setdefault(_depth(known, code), []).append(code)
    return dict(sorted(found.items()))


def _depth(known: Choices, industry: str) -> int:
    parent = known.industries[industry].parent
    return 0 if parent is None else 1 + _depth(known, parent)


def discover(
    release: Release,
    *,
    measure: str = "employment",
    year: int | None = None,
    level: int = 1,
    depth: int = 1,
    industry: str | None = None,
    settings: Settings = PUBLISHED,
) -> Discovery:
    """All rules on all cells of a level, of the sectors ``depth`` steps below the root or of one.

    Without ``year`` the newest. Raises ChoiceError for a choice that does not exist, and for a
    setting that a rule does not have or that lies outside what it may be.
    """
    known = choices(release)
    known.check(measure=measure, level=level, industry=industry, year=year)
    year = year or known.years(measure)[-1]
    offered = depths(known, measure)
    if industry is None and depth not in offered:
        raise unknown("depth", depth, offered)
    sectors = [industry] if industry else offered[depth]
    for name, own in settings.items():
        _check(name, own)
    terms = _every_cell(_terms(release, measure, level, year), list(known.at_level(level)), sectors)
    cells = terms[["region_code", "industry_code"]].copy()
    for name in ("location_quotient", "amount"):
        found = compute(name, terms)
        cells[name], cells[f"{name}_status"] = found["value"], found["status"].astype(str)
    verdicts = pd.DataFrame(index=cells.index)
    rules = []
    for name in RULES:
        rule, cells[name] = _applied(METRICS[name], terms, dict(settings.get(name, {})))
        verdicts[name] = cells[name] >= rule.settings[CALLS]
        rules.append(rule)
    cells["agree"] = verdicts.sum(axis=1).astype(int)
    cells["judges"] = cells[list(RULES)].notna().sum(axis=1).astype(int)
    cells["small"] = _small(terms, measure)
    cells["status"] = cells.pop("location_quotient_status")
    both = verdicts.to_numpy(dtype=int)
    return Discovery(
        release=release,
        measure=measure,
        year=year,
        level=level,
        sectors=tuple(sectors),
        rules=tuple(rules),
        cells=cells.sort_values(
            ["agree", "location_quotient"], ascending=False, na_position="last", kind="stable"
        ).reset_index(drop=True),
        together=pd.DataFrame(both.T @ both, index=list(RULES), columns=list(RULES)),
    )


def _check(rule: str, own: Mapping[str, float]) -> None:
    """Raises ChoiceError for a rule, a setting or a value there is not."""
    if rule not in RULES:
        raise unknown("metric", rule, RULES)
    find(rule, {name: value for name, value in own.items() if name != CALLS})
    if CALLS in own:
        about = parameters(METRICS[rule]).get(CALLS)
        if about is None:
            raise unknown("parameter", CALLS, METRICS[rule].parameters)
        if not about.low <= own[CALLS] <= about.high:
            raise ChoiceError(
                "parameter_outside", name=CALLS, value=own[CALLS], low=about.low, high=about.high
            )


@lru_cache(maxsize=8)
def _terms(release: Release, measure: str, level: int, year: int) -> pd.DataFrame:
    """Terms of all cells of a year, read once: a threshold moved asks for them again and again."""
    return terms_of(release, measure, level, None, year)


def _every_cell(terms: pd.DataFrame, regions: list[str], sectors: list[str]) -> pd.DataFrame:
    """Terms of every region and sector; those that the release has no cell of are missing."""
    keys = ["region_code", "industry_code"]
    wanted = pd.MultiIndex.from_product([regions, sectors], names=keys)
    found = terms.set_index(keys).reindex(wanted).reset_index()
    for column in found.columns[found.columns.str.endswith("_status")]:
        found[column] = found[column].astype(object).fillna("missing")
    for column in ("measure", "level", "year"):
        # A cell that is not there belongs to its sector's group like the others.
        found[column] = terms[column].iloc[0] if len(terms) else 0
    return found


def _applied(metric: Metric, terms: pd.DataFrame, own: dict[str, float]) -> tuple[Rule, pd.Series]:
    """A rule with these settings, and its value for every cell."""
    published = {name: about.default for name, about in parameters(metric).items()}
    used = {CALLS: float(metric.calls), **published, **own}
    value = compute(metric.name, terms, **{k: v for k, v in own.items() if k != CALLS})["value"]
    rule = Rule(
        metric=metric,
        settings=used,
        changed=tuple(name for name in published if used[name] != published[name]),
        called=int((value >= used[CALLS]).sum()),
        judged=int(value.notna().sum()),
    )
    return rule, value


def _small(terms: pd.DataFrame, measure: str) -> pd.Series:
    """Where so few are counted that the quotient says little; nowhere with money."""
    if measure not in COUNTED:
        return pd.Series(data=False, index=terms.index)
    names = ("region_industry", "region_base", "root_industry", "root_base")
    x = [terms[name].to_numpy(dtype=float) for name in names]
    return pd.Series(small_count(x[0], quotient_interval(*x)) == 1, index=terms.index)


def agreement_view(found: Discovery, *, at_least: int) -> MapView:
    """The map: of one sector on how many rules each region is a cluster; of all, how many sectors
    of the region at least so many rules agree on."""
    known = choices(found.release)
    one = len(found.sectors) == 1
    metric = AGREED if one else SECTORS
    cells = found.cells.assign(
        judged=found.cells["judges"] > 0, agreed=found.cells["agree"] >= at_least
    )
    by = cells.groupby("region_code")
    value = by["agree" if one else "agreed"].sum().astype(float).where(by["judged"].any())
    status = by["status"].agg(lambda said: max(said, key=STATUSES.index))
    regions = pd.DataFrame({"value": value, "status": status.where(value.isna(), "derived")})
    regions = regions.reindex(list(known.at_level(found.level))).sort_values(
        "value", ascending=False, na_position="last", kind="stable"
    )
    scale = make_scale(regions["value"], regions["status"], metric.scale, top=metric.top)
    regions["class"] = classify(regions["value"], scale.breaks)
    return MapView(
        release=found.release,
        metric=metric,
        measure=found.measure,
        industry=known.industries[found.sectors[0]] if one else known.root_industry,
        year=found.year,
        since=found.year,
        level=found.level,
        years=(found.year,),
        regions=regions,
        country={},
        items=known.regions,
        root=known.root_region,
        scale=scale,
        clusters=all_clusters(found.release),
    )


def discovery_csv(found: Discovery) -> bytes:
    """All cells as CSV, one row per region and sector, every rule's value and what was changed
    about the rules (a column ``rule.setting`` each)."""
    table = found.cells.copy()
    table.insert(2, "year", found.year)
    for rule in found.rules:
        for name in rule.changed:
            table[f"{rule.metric.name}.{name}"] = rule.settings[name]
    text: str = table.to_csv(index=False, lineterminator="\n")
    return text.encode()
