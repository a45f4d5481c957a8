"""Where things live, who decides, and the sample articles."""

from __future__ import annotations

from pathlib import Path

import pytest
from store_fakes import Opener, extract

from store import config, paths, seeding
from store.db import Library
from store.errors import ConfigError, SeedError


def test_one_variable_moves_everything(home: Path) -> None:
    assert paths.library() == home / "library.db"
    assert paths.config_file() == home / "config.toml"
    assert paths.profiles_dir() == home / "profiles"
    assert paths.exports_dir() == home / "exports"


def test_without_it_the_xdg_directories_are_used(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("WARREADER_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    assert paths.library().name == "library.db"
    assert paths.library().is_relative_to(tmp_path / "data") or paths.library().is_absolute()
    assert paths.config_file().parent == paths.profiles_dir().parent
    assert paths.exports_dir().parent == paths.library().parent


def test_the_annotator_is_the_given_the_configured_or_the_user(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "system-user")
    assert config.annotator() == "system-user"
    home.mkdir()
    (home / "config.toml").write_text('annotator = " Ann  Other "\n[screen]\ntheme = "dark"\n')
    assert config.annotator() == "Ann Other"
    assert config.annotator(" ") == "Ann Other"
    assert config.annotator("bea") == "bea"
    assert config.load().values["screen"] == {"theme": "dark"}
    with Library.open(seed=False) as library:
        assert library.annotator == "Ann Other"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"a = 1\nannotator = = 2\n", "line 2: not valid TOML"),
        (b"\xff\xfe", "not valid TOML"),
        (b"annotator = 7", "annotator must be a name"),
        (b'annotator = ""', "annotator must be a name"),
    ],
)
def test_a_wrong_configuration_is_named(home: Path, content: bytes, words: str) -> None:
    home.mkdir()
    (home / "config.toml").write_bytes(content)
    with pytest.raises(ConfigError, match=words) as caught:
        config.load()
    assert str(home / "config.toml") in str(caught.value)
    (home / "config.toml").unlink()
    (home / "config.toml").mkdir()
    with pytest.raises(ConfigError, match="cannot be read"):
        config.load()


def test_settings_stay_in_the_library(opened: Opener) -> None:
    library = opened()
    assert library.setting("theme") is None
    assert library.setting("theme", "dark") == "dark"
    library.set_setting("theme", "light")
    library.set_setting("theme", "paper")
    library.close()
    assert opened().setting("theme", "dark") == "paper"


def _seeds(folder: Path, index: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "one.txt").write_text("Kyiv advanced.", encoding="utf-8")
    (folder / "two.txt").write_text("Moscow struck a port.", encoding="utf-8")
    (folder / "index.toml").write_text(index, encoding="utf-8")
    return folder


def test_the_listed_articles_are_added_once(library: Library, tmp_path: Path) -> None:
    folder = _seeds(
        tmp_path / "seeds",
        '[[article]]\nfile = "one.txt"\ntitle = "One"\noutlet = "Wire"\nbyline = "A"\n'
        'date = 2024-08-14\nurl = "https://example.org/1"\nprofile = "generic"\n'
        '[[article]]\nfile = "two.txt"\ntitle = "Two"\nfirst = true\n',
    )
    one, two = seeding.fill(library, folder)
    summary = library.articles.summary(one)
    assert (summary.title, summary.outlet, summary.byline) == ("One", "Wire", "A")
    assert (summary.date, summary.url) == ("2024-08-14", "https://example.org/1")
    assert library.setting(seeding.FIRST) == str(two)
    assert seeding.fill(library, folder) == [one, two]
    assert library.articles.count() == 2


@pytest.mark.parametrize(
    "index",
    ["[[article]\n", '[[article]]\nfile = "three.txt"\n', '[[article]]\ntitle = "No file"\n'],
)
def test_a_wrong_list_of_samples_is_named(library: Library, tmp_path: Path, index: str) -> None:
    with pytest.raises(SeedError, match="cannot be read"):
        seeding.fill(library, _seeds(tmp_path / "seeds", index))


def test_a_new_library_has_the_samples_that_ship(home: Path) -> None:
    with Library.open(annotator="ann", extractor=extract) as library:
        titles = [summary.title for summary in library.articles.page()]
        assert len(titles) >= 4
        first = library.setting(seeding.FIRST)
        assert first is not None
        assert library.articles.get(int(first)).text
        assert library.setting("seeds") == "done"
    with Library.open(annotator="ann", extractor=extract) as library:
        assert len(library.articles.page()) == len(titles)


def test_a_library_without_samples_stays_without(opened: Opener) -> None:
    opened().close()
    assert opened(seed=True).articles.count() == 0
