"""What an editor does is done as a whole, whatever is clicked or typed meanwhile.

Streamlit breaks a run off for the next one wherever it looks at the session's state or draws, also in the
middle of what a widget calls: then a decision would be in the library and not on the page, or a field that
was left is never read. It asks ``on_scriptrunner_yield`` of the run's requests whether to, which is not
among what it documents; what comes meanwhile is done next (``runner.fastReruns`` is off, or else a second
run would begin beside this one).
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterator
from typing import ParamSpec

P = ParamSpec("P")
_ASKED = "on_scriptrunner_yield"


def whole(act: Callable[P, object]) -> Callable[P, None]:
    """What a widget is to call."""

    @functools.wraps(act)
    def done(*args: P.args, **kwargs: P.kwargs) -> None:
        with unbroken():
            act(*args, **kwargs)

    return done


@contextlib.contextmanager
def unbroken() -> Iterator[None]:
    """What is done inside is not broken off by another run of the page."""
    from streamlit.runtime.scriptrunner import get_script_run_ctx

    context = get_script_run_ctx(suppress_warning=True)
    requests = context.script_requests if context else None
    if requests is None or _ASKED in vars(requests):
        yield
        return
    setattr(requests, _ASKED, lambda: None)
    try:
        yield
    finally:
        delattr(requests, _ASKED)
