"""An editor at the desk without a browser: speaks the page's own protocol over one web socket.

Opens a pasted article, does acts in its text as ``toolkit/ui/browser/marker.js`` would send them, and
keeps everything that it was sent.
"""

from __future__ import annotations

import json
import time
from typing import Any, Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

_PATIENCE = 120.0  # seconds: an article may wait for nineteen others to be analysed
_MARKER = "nd-article"


class Visitor:
    """One session of the desk at an address (``host:port``)."""

    def __init__(self, address: str) -> None:
        self._socket: ClientConnection = connect(
            f"ws://{address}/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]
            max_size=None,
            compression=None,
            open_timeout=_PATIENCE,
        )
        self._widgets: dict[str, str] = {}  # ids of the page's widgets, by their keys or labels
        self._fragment = ""
        self._number = 0
        self.marker: dict[str, Any] = {}  # what the text was last given to draw
        self.sent = bytearray()  # all that came from the server
        self.received = 0  # messages
        self._run()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def paste(self, text: str) -> float:
        """Opens a text and waits until it is analysed; returns seconds."""
        began = time.monotonic()
        states = {self._widgets["nd-paste"]: ("string_value", text)}
        self._run({**states, self._widgets["Read this text"]: ("trigger_value", True)})
        return time.monotonic() - began

    def act(self, name: str, mark: str = "", spans: object = (), value: str = "") -> float:
        """Does one thing in the text and waits until the page is drawn again; returns seconds."""
        self._number += 1
        sent = {
            "number": self._number,
            "revision": self.marker["revision"],
            "name": name,
            "id": mark,
            "spans": spans,
            "value": value,
        }
        told = json.dumps([{"event": "action", "value": sent}])
        began = time.monotonic()
        self._run({self._widgets[_MARKER]: ("json_trigger_value", told)}, self._fragment)
        return time.monotonic() - began

    def _run(self, states: dict[str, tuple[str, object]] | None = None, fragment: str = "") -> None:
        asked = BackMsg()
        asked.rerun_script.fragment_id = fragment
        for widget, (kind, value) in (states or {}).items():
            state = asked.rerun_script.widget_states.widgets.add()
            state.id = widget
            setattr(state, kind, value)
        self._socket.send(asked.SerializeToString())
        while True:
            data = self._socket.recv(_PATIENCE)
            assert isinstance(data, bytes)
            self.sent += data
            self.received += 1
            message = ForwardMsg.FromString(data)
            kind = message.WhichOneof("type")
            if kind == "delta":
                self._take(message)
            elif kind == "script_finished":
                early = ForwardMsg.ScriptFinishedStatus.FINISHED_EARLY_FOR_RERUN
                if message.script_finished != early:
                    return
            elif kind == "session_event" and message.session_event.HasField("script_compilation_exception"):
                raise RuntimeError("the page could not be run")

    def _take(self, message: ForwardMsg) -> None:
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind in ("button", "text_area"):
            widget = getattr(element, kind)
            self._widgets[widget.label] = self._widgets[_key(widget.id)] = widget.id
        elif kind == "bidi_component" and _key(element.bidi_component.id) == _MARKER:
            base = element.bidi_component.id
            self._widgets[_MARKER] = f"$$STREAMLIT_INTERNAL_KEY_{base}__events"
            self.marker = json.loads(element.bidi_component.json)
            self._fragment = message.delta.fragment_id or self._fragment
            self._number = max(self._number, int(self.marker.get("seen", 0)))
        elif kind == "exception":
            raise RuntimeError(f"the page shows an error: {element.exception.message}")


def _key(id: str) -> str:
    """The key of a widget that the page's code named, which its id ends with."""
    return id.split("-", 2)[-1] if id.startswith("$$ID-") else ""
