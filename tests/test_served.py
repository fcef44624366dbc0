"""The desk says so where the installed Streamlit can't serve its files."""

import pytest
from streamlit.testing.v1 import AppTest

from toolkit.ui import served


@pytest.mark.parametrize("fault", [ImportError, AttributeError, TypeError])
def test_another_streamlit_is_one_sentence_on_the_page(monkeypatch, root, tmp_path, fault):
    monkeypatch.setenv("NEWSDESK_LIBRARY", str(tmp_path / "library.sqlite"))

    def declare(name: str) -> None:
        raise fault("no such thing")

    monkeypatch.setattr(served, "_declare", declare)
    app = AppTest.from_file(str(root / "streamlit_app.py"), default_timeout=60).run()
    assert not app.exception
    (notice,) = [each.value for each in app.get("html") if each.value.startswith("<p")]
    assert "pip install -r requirements.lock" in notice
    assert not app.button
