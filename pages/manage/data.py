"""Data: from a file to a published release, for those who may."""

from __future__ import annotations

from atlas.config import settings
from atlas.ingest import jobs, shelf
from atlas.manage import bring_in, editions, history, publishing
from atlas.manage.place import Place
from atlas.model import mark
from atlas.ui import access, frame, gate, upload, widgets

who = access.require("data_manager")
upload.allow(True)
text = frame.text()

#: What there is to do, by the word of the address.
VIEWS = {
    "import": (mark("Bring in a file"), bring_in.show),
    "releases": (mark("Drafts and releases"), publishing.show),
    "compare": (mark("Compare"), publishing.compare),
    "record": (mark("Record"), history.show),
}

frame.title(text("Data"))
gate.signed_in(who, text)
edition = editions.choose(shelf.editions(settings().editions), text)
if edition is not None:
    place = Place(edition, shelf.folder_of(edition, settings().editions), who, text)
    titles = {name: text(title) for name, (title, _) in VIEWS.items()}
    VIEWS[widgets.one(text("What to do"), "view", titles, default="import")][1](place)
    if jobs.running(edition) is None:
        # What the next piece of work needs is loaded while its manager reads.
        jobs.prepare()
