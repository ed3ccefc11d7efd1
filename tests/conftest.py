"""What every test shares: hypothesis without a clock, and tools that CI insists on."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Generator

import hypothesis
import pytest

# Time limits on single examples make tests red on a busy machine, which states nothing.
hypothesis.settings.register_profile("calm", deadline=None, print_blob=True)
# Where a change is judged, the same change must get the same answer: new examples are looked for
# on every other machine.
hypothesis.settings.register_profile("judged", deadline=None, derandomize=True)
hypothesis.settings.load_profile("judged" if os.environ.get("CI") else "calm")


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Prepared derivatives go to a folder of this run: the user's are neither read nor written."""
    os.environ["SYMBOLIC_BPTT_CACHE"] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def tool() -> Callable[[str], str]:
    """tool("pdflatex") → its path; a test without its tool is skipped (in CI: fails, see below)."""

    def find(name: str) -> str:
        return shutil.which(name) or pytest.skip(f"{name} is not installed")

    return find


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With BPTT_REQUIRE_TOOLS set nothing may be skipped: what is not run is not tested."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("BPTT_REQUIRE_TOOLS"):
        report.outcome = "failed"
        report.longrepr = f"skipped, but BPTT_REQUIRE_TOOLS is set: {report.longrepr}"
    return report
