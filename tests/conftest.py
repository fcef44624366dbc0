"""What all tests share: the places, and how hypothesis searches."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# The first example may load a language model, so no deadline. The continuous checks look
# at the same examples each time; at home each run looks at new ones, so that fewer each suffice.
settings.register_profile("here", deadline=None, max_examples=30)
settings.register_profile("checks", deadline=None, max_examples=50, derandomize=True)
settings.load_profile("checks" if os.environ.get("CI") else "here")


@pytest.fixture(scope="session", autouse=True)
def _nobodys_library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test touches the library of whoever runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEWSDESK_LIBRARY", str(tmp_path_factory.mktemp("library") / "library.sqlite"))
        yield


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the checkout."""
    return Path(__file__).parents[1]


@pytest.fixture(scope="session")
def samples(root: Path) -> Path:
    """The folder of the sample articles."""
    return root / "sample_articles"
