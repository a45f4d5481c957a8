"""In a browser (`textual serve`): exports and copies go through it, and no file is written here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from unittest.mock import PropertyMock, patch

from driving import Reader, press
from textual.widgets import Static

from store import paths
from tui.app import WarreaderApp


async def test_an_export_is_downloaded_and_a_copy_opens_in_a_tab(
    reader: Reader, library: Path
) -> None:
    given: dict[str, Any] = {}

    def deliver(kind: str) -> Any:
        def take(self: WarreaderApp, stream: Any, **options: Any) -> str:
            given[kind] = (stream.read(), options)
            return "key"

        return take

    with (
        patch.object(WarreaderApp, "is_web", new_callable=PropertyMock, return_value=True),
        patch.object(WarreaderApp, "deliver_binary", deliver("export")),
        patch.object(WarreaderApp, "deliver_text", deliver("copy")),
    ):
        async with reader() as (app, pilot):
            status = app.main.query_one("#status", Static)
            await press(pilot, "E j t")
            await app.workers.wait_for_complete()
            await pilot.pause()
            data, options = given["export"]
            assert json.loads(data)["format"] == "warreader-article"
            assert options["save_filename"].endswith(".jsonl")
            assert "The browser was given" in str(status.render())
            await press(pilot, "y")
            words, options = given["copy"]
            assert "ZeroHedge" in words and options["open_method"] == "browser"
            assert "another tab" in str(status.render())
    assert not paths.exports_dir().exists()
