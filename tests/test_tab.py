"""What a tab knows beside its article, where several editors share a library."""

from types import SimpleNamespace

import pytest

from toolkit.ui import tab


@pytest.fixture
def seen_from(monkeypatch, tmp_path):
    """Another browser, by the address and headers of its connection."""
    monkeypatch.setenv("NEWSDESK_LIBRARY", str(tmp_path / "library.sqlite"))

    def enter(ip=None, headers=None, **address):
        stand_in = SimpleNamespace(session_state={}, query_params=address)
        monkeypatch.setattr(tab, "st", stand_in)
        monkeypatch.setattr(tab, "_opened", tab.Library)
        monkeypatch.setattr(tab, "context", SimpleNamespace(ip_address=ip, headers=headers or {}))
        return address

    return enter


@pytest.mark.parametrize(
    ("ip", "headers", "shared"),
    [
        ("192.0.2.7", {}, True),
        ("2001:db8::7", {}, True),
        (None, {"X-Forwarded-For": "192.0.2.7"}, True),
        (None, {}, False),
        ("", {"Host": "localhost"}, False),
    ],
)
def test_a_name_told_from_another_machine_is_nobody_elses(seen_from, ip, headers, shared):
    seen_from()
    tab.call_editor("Ana")  # at the machine itself
    seen_from(ip, headers)
    assert tab.editor() == (tab.NOBODY if shared else "Ana")
    assert tab.asks_for_name() is shared
    address = seen_from(ip, headers)
    tab.call_editor(" Ben ")
    assert tab.editor() == "Ben"
    assert address == ({"by": "Ben"} if shared else {}), "a reload keeps it"
    assert not tab.asks_for_name()
    seen_from()
    assert tab.editor() == ("Ana" if shared else "Ben")
