"""What all tests share: processes for the whole suite, hypothesis without deadlines."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

# The machines of a CI are uneven.
settings.register_profile("warreader", deadline=None, print_blob=True)
settings.load_profile("warreader")

_PROCESSES = 4
"""The most processes for the tests: more of them wait for the same disk."""


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """Share the whole suite among the processors; a choice of tests runs in this process.

    `-n 0` keeps the whole suite in one process too.
    """
    if "PYTEST_XDIST_WORKER" in os.environ:
        return  # one of those processes; it must not begin more
    whole = config.args_source is pytest.Config.ArgsSource.TESTPATHS
    if not whole or not config.pluginmanager.hasplugin("xdist"):
        return
    if config.option.numprocesses is None and not config.option.usepdb:
        processes = min(_PROCESSES, os.cpu_count() or 1)
        if processes > 1:
            config.option.numprocesses, config.option.dist = processes, "loadgroup"
