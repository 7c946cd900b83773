"""A visitor without a browser: one session of the real server, over its websocket.

What Streamlit's page does, as far as the server can tell: it sends where it is, keeps the messages
that the server allows it to keep, names them when it asks again, and forgets those not used for two
runs. What comes back is counted as it comes out of the socket, before any compression (none is
agreed on). Images, fonts and geometry come by HTTP and are not counted here.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

#: Runs after which a message that was not used is forgotten (global.maxCachedMessageAge).
_KEPT = 2
#: Seconds that a run may take.
_PATIENCE = 300


@dataclass
class Answer:
    """What one run of the page sent: bytes, seconds from asking to its end, messages by kind, and
    whether it ended well."""

    received: int = 0
    sent: int = 0
    seconds: float = 0.0
    failed: bool = False
    elements: list[tuple[str, int]] = field(default_factory=list)
    #: The map's JSON, or nothing when it was not sent anew.
    deck: str = ""


class Visitor:
    """A session at a server's address (``localhost:8501``); a context."""

    def __init__(self, address: str, page: str = "map") -> None:
        self._address, self._page = address, page
        self._kept: dict[str, int] = {}
        self._runs = 0
        self._socket: ClientConnection

    def __enter__(self) -> Self:
        self._socket = connect(
            f"ws://{self._address}/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]
            origin=f"http://{self._address}",  # type: ignore[arg-type]
            compression=None,
            max_size=None,
            proxy=None,
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def ask(self, **words: str | int) -> Answer:
        """Go to this page with these words of the address and wait until it stands.

        The same run that Back, a link, or a choice that writes itself into the address brings.
        """
        asked = BackMsg()
        asked.rerun_script.query_string = urlencode(words)
        asked.rerun_script.page_name = self._page
        asked.rerun_script.cached_message_hashes.extend(self._kept)
        asked.rerun_script.context_info.locale = "en-GB"
        asked.rerun_script.context_info.url = f"http://{self._address}/{self._page}"
        data = asked.SerializeToString()
        answer = Answer(sent=len(data))
        begun = time.perf_counter()
        self._socket.send(data)
        while not self._read(answer):
            pass
        answer.seconds = time.perf_counter() - begun
        return answer

    def _read(self, answer: Answer) -> bool:
        """Take one message in; whether it was the run's last."""
        data = self._socket.recv(timeout=_PATIENCE)
        message = ForwardMsg()
        message.ParseFromString(data)
        answer.received += len(data)
        kind = str(message.WhichOneof("type"))
        element = message.delta.new_element
        word = str(element.WhichOneof("type")) if kind == "delta" else kind
        answer.elements.append((word, len(data)))
        if message.metadata.cacheable:
            self._kept[message.hash] = self._runs
        if kind == "ref_hash":
            self._kept[message.ref_hash] = self._runs
        if word == "deck_gl_json_chart":
            answer.deck = element.deck_gl_json_chart.json
        if word == "exception" or (word == "alert" and element.alert.format == element.alert.ERROR):
            answer.failed = True
        if kind != "script_finished":
            return False
        if message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            return False
        answer.failed |= message.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY
        self._runs += 1
        self._kept = {mark: run for mark, run in self._kept.items() if self._runs - run <= _KEPT}
        return True
