"""Data: from a file to a published release, for those who may."""

from __future__ import annotations

from atlas.ui import access, frame, gate

who = access.require("data_manager")
text = frame.text()
frame.title(text("Data"))
gate.signed_in(who, text)
