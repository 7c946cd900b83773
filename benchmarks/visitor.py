"""A visitor without a browser: one session of a real server, over its websocket.

What Streamlit's page does, as far as the server can tell: it sends where it is and what stands in
its inputs, keeps the messages that the server lets it keep, names them when it asks again, and
forgets those not used for six runs. What comes back is counted as it comes out of the socket: the
serialised ForwardMsg, before any compression of the transport (none is agreed on). Images, fonts
and geometry come by HTTP and are not counted here.
"""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect

#: Runs after which a message that was not used is forgotten (global.maxCachedMessageAge).
_KEPT = 6
#: Seconds that a run may take.
_PATIENCE = 600
#: The button of the Export form.
_DOWNLOAD = "Download"
#: Inputs that one of several options stands in.
_INPUTS = ("selectbox", "slider")


@dataclass
class Answer:
    """What one run of a page sent: bytes, the seconds from asking to its end, whether something
    failed, and the size of every message by kind."""

    received: int = 0
    sent: int = 0
    seconds: float = 0.0
    failed: bool = False
    messages: list[tuple[str, int]] = field(default_factory=list)


class Visitor:
    """A session at a server's address (``localhost:8501``); a context."""

    def __init__(self, address: str, page: str = "") -> None:
        self._address, self._page = address, page
        self._query = ""
        self._inputs: dict[str, Any] = {}
        self._states: dict[str, WidgetState] = {}
        self._kept: dict[str, int] = {}
        self._runs = 0
        self._session = ""
        self._panels: dict[str, str] = {}
        self._files: dict[str, str] = {}
        self._socket: ClientConnection

    def __enter__(self) -> Self:
        self._socket = connect(
            f"ws://{self._address}/_stcore/stream", subprotocols=["streamlit"],
            origin=f"http://{self._address}", compression=None, max_size=None, proxy=None,
        )  # fmt: skip
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def open(self, **words: str | int) -> Answer:
        """The page with these words in its address."""
        self._query = urlencode(words)
        return self._run()

    def options(self, key: str) -> list[str]:
        """What an input offers, as it stands there."""
        return list(self._inputs[key].options)

    def choose(self, key: str, option: str) -> Answer:
        """Choose an option of an input, as a reader does."""
        found = self._inputs[key]
        state = WidgetState(id=found.id)
        if type(found).__name__ == "Slider":
            state.string_array_value.data.append(option)
        else:
            state.string_value = option
        self._states[found.id] = state
        return self._run()

    def export(self) -> Answer:
        """Open the Export form and have its file made, as a reader does who clicks on Download;
        the answer is that of the file alone."""
        panel = WidgetState(id=self._panels["export"], bool_value=True)
        self._states[panel.id] = panel
        self._run()
        asked = BackMsg()
        wanted = asked.backend_operation_request
        wanted.request_id, wanted.session_id = uuid.uuid4().hex, self._session
        wanted.deferred_file.file_id = self._files[_DOWNLOAD]
        answer = Answer()
        begun = time.perf_counter()
        self._socket.send(asked.SerializeToString())
        while True:
            message = ForwardMsg()
            message.ParseFromString(self._socket.recv(timeout=_PATIENCE))
            if message.WhichOneof("type") == "backend_operation_response":
                break
        answer.seconds = time.perf_counter() - begun
        answer.failed = not message.backend_operation_response.deferred_file.url
        return answer

    def _run(self) -> Answer:
        asked = BackMsg()
        run = asked.rerun_script
        run.query_string, run.page_name = self._query, self._page
        run.cached_message_hashes.extend(self._kept)
        run.widget_states.widgets.extend(self._states.values())
        run.context_info.locale = "en-GB"
        run.context_info.url = f"http://{self._address}/{self._page}"
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
        kind = str(message.WhichOneof("type"))
        element = message.delta.new_element
        word = str(element.WhichOneof("type")) if kind == "delta" else kind
        answer.received += len(data)
        answer.messages.append((word, len(data)))
        if message.metadata.cacheable:
            self._kept[message.hash] = self._runs
        if kind == "ref_hash":
            self._kept[message.ref_hash] = self._runs
        if kind == "new_session":
            self._session = message.new_session.initialize.session_id
        if word == "download_button" and element.download_button.deferred_file_id:
            button = element.download_button
            self._files[button.label] = button.deferred_file_id
        if message.delta.add_block.HasField("popover"):
            found = message.delta.add_block.popover
            self._panels[found.id.rpartition("-")[2]] = found.id
        if kind == "page_info_changed":
            self._query = message.page_info_changed.query_string
        if word in _INPUTS:
            found = getattr(element, word)
            self._inputs[found.id.rpartition("-")[2]] = found
        if word == "exception" or (word == "alert" and element.alert.format == element.alert.ERROR):
            answer.failed = True
        early = message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN
        if kind != "script_finished" or early:
            return False
        answer.failed |= message.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY
        self._runs += 1
        self._kept = {mark: run for mark, run in self._kept.items() if self._runs - run <= _KEPT}
        return True
