"""Views that are no map: of Georgia and of toyland, with names of their own or with others."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from atlas.analysis.compare_clusters import ClustersView
from atlas.analysis.map import map_shapes
from atlas.analysis.profiles import filled_in, profile_of
from atlas.export.formats import find_format, make
from atlas.model import Item, Release
from atlas.snapshot import Snapshot

LINK = "https://atlas.example/region?region=GE-KA&lang=ka"
#: What each view shows of Georgia, in words of the address.
GEORGIA: Mapping[str, Mapping[str, str]] = {
    "region": {"region": "GE-KA", "year": "2022"},
    "cluster": {"cluster": "wine-kakheti"},
    "compare": {"regions": "GE-KA,GE-TB,GE-AB", "industry": "C", "year": "2022"},
    "maps": {"industry": "C"},
    "compare_clusters": {"clusters": "wine-kakheti,furniture-tbilisi,poultry-kvemo-kartli"},
}
TOYLAND: Mapping[str, Mapping[str, str]] = {
    "region": {"region": "XT-S"},
    "cluster": {"cluster": "food-south"},
    "compare": {"regions": "XT-S,XT-N,XT-E"},
    "maps": {"each": "sectors"},
}


def asked(release: Release, view: str, **words: str) -> Snapshot:
    """The snapshot of a view with these words of an address, all else filled in."""
    said = Snapshot(edition=release.edition, view=view).with_words(words)
    return filled_in(said, release)


def usual(release: Release, view: str, language: str = "en", **words: str) -> Snapshot:
    """The snapshot of the release's usual place."""
    places = GEORGIA if release.edition == "georgia" else TOYLAND
    return asked(release, view, **{**places[view], "lang": language, **words})


def written(release: Release, snapshot: Snapshot, form: str, view: Any = None) -> bytes:
    """The file of a snapshot, or of another view in its place."""
    shown = profile_of(snapshot, release) if view is None else view
    found = find_format(form, snapshot.size, snapshot.view)
    return make(snapshot, found, shown, map_shapes(release, "regions"), link=LINK)


def renamed(view: Any, name: str) -> Any:
    """The view with that name for its country, regions, sectors, cluster and members."""

    def called(item: Item) -> Item:
        return dataclasses.replace(item, names={"en": name}, extra={})

    industries = {code: called(item) for code, item in view.industries.items()}
    same = {"root": called(view.root), "industries": industries}
    if hasattr(view, "maps"):
        return dataclasses.replace(view, **same, **_renamed_maps(view, called))
    inner = view.view
    # Tables of text hold no half of a pair of surrogates.
    row = name.encode("utf-8", "ignore").decode()
    changes: dict[str, Any] = {}
    if hasattr(inner, "region"):
        changes["region"] = called(inner.region)
    if isinstance(inner, ClustersView):
        changes["clusters"] = tuple(
            dataclasses.replace(
                one,
                cluster=dataclasses.replace(one.cluster, names={"en": name}),
                region=called(one.region),
                industries=tuple(map(called, one.industries)),
            )
            for one in inner.clusters
        )
    elif hasattr(inner, "clusters"):
        changes["clusters"] = inner.clusters.assign(name_en=row)
    if hasattr(inner, "cluster"):
        cluster = dataclasses.replace(inner.cluster, names={"en": name})
        changes |= {
            "cluster": cluster,
            "industries": tuple(map(called, inner.industries)),
            "firms": inner.firms.assign(name=row),
            "institutions": inner.institutions.assign(name=row),
        }
    if hasattr(inner, "regions"):
        changes |= {"regions": tuple(map(called, inner.regions)), "root": called(inner.root)}
    inner = dataclasses.replace(inner, **changes)
    return dataclasses.replace(view, view=inner, **same)


def _renamed_maps(view: Any, called: Any) -> dict[str, Any]:
    """Small maps with other names for regions and sectors."""

    def own(one: Any) -> Any:
        items = {code: called(item) for code, item in one.items.items()}
        return dataclasses.replace(one, items=items, industry=called(one.industry))

    maps = tuple(dataclasses.replace(one, view=own(one.view)) for one in view.maps)
    return {"maps": maps, "map": own(view.map)}
