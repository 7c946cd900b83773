"""The sentences of managing: who may, and what a page says that does not let somebody in. English;
translated in ``locale``."""

from __future__ import annotations

from collections.abc import Mapping

from atlas.model import mark

ERRORS: Mapping[str, str] = {
    "sign_in_off": mark("Managing is off: no provider of sign-ins is set up."),
    "sign_in_needed": mark("Managing data needs a sign-in."),
    "sign_in_old": mark("Your sign-in is older than {hours} hours. Please sign in again."),
    "role_lacking": mark("{who} is signed in, but may not manage data."),
    "unknown_folder": mark("There is no edition “{value}” here. The nearest is “{nearest}”."),
    "job_running": mark("Something is being done with the edition “{edition}” already."),
    "job_ended": mark("The work ended before it was done; nothing was changed."),
    "edition_busy": mark("Another import into the edition “{path}” is being written. Try again."),
}
