"""Names that mean harm, put into a view in place of its own."""

from __future__ import annotations

import dataclasses

from atlas.model import Item, MapView, Release

SCRIPT = "</script><script>document.title='hacked'</script>"
FORMULA = "=1+1"
#: Right to left, with quotes, 200 letters.
RIGHT_TO_LEFT = ("«\"עמק» 'וادي' " * 20)[:200]
TEMPLATE = "${document.title='hacked'} `{{7*7}}` {% raw %} \\u0041"
COMMAND = "+cmd|' /C calc'!A0 <img src=x onerror=\"document.title='hacked'\">"


def hostile(view: MapView) -> MapView:
    """Toyland's view with hostile names of regions, sector, country, source and cluster."""
    names = {"XT-N": SCRIPT, "XT-S": FORMULA, "XT-E": RIGHT_TO_LEFT, "XT": TEMPLATE}
    items = {
        code: dataclasses.replace(
            item, names={"en": names.get(code, code), "ka": names.get(code, code)}
        )
        for code, item in view.items.items()
    }
    source = {"name": "invented", "title": TEMPLATE, "publisher": COMMAND, "licence": FORMULA}
    manifest = {**view.release.manifest, "sources": [source]}
    release = Release(view.release.edition, view.release.release_id, view.release.path, manifest)
    clusters = view.clusters.assign(name_en=SCRIPT, product_en=TEMPLATE)
    return dataclasses.replace(
        view,
        release=release,
        items=items,
        root=items["XT"],
        industry=Item("A", {"en": COMMAND}, "TOTAL", 1),
        clusters=clusters,
    )
