"""Profiles: what the shipped ones know, what a user's file may say, what a wrong one is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.model import COMMON_SIDES, Role, Span
from claims.profile import Profile, ProfileError, available, choose, load


@pytest.fixture(scope="module")
def war() -> Profile:
    return load("russia-ukraine")


@pytest.fixture(scope="module")
def gaza() -> Profile:
    return load("israel-palestine")


@pytest.fixture(scope="module")
def generic() -> Profile:
    return load("generic")


@pytest.mark.parametrize("name", ["russia-ukraine", "israel-palestine", "generic"])
def test_shipped_profiles_are_whole(name: str) -> None:
    profile = load(name)
    ids = [side.id for side in profile.sides]
    assert ids[-4:] == list(COMMON_SIDES)
    assert len(ids) == len(set(ids))
    for side in profile.sides:
        assert len(side.tag) == 2
        assert set(side.rivals) <= set(ids)
    assert all(actor.side in ids for actor in profile.actors)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Zelensky", "Volodymyr Zelensky"),
        ("President Volodymyr Zelenskyy", "Volodymyr Zelensky"),
        ("zelenskiy", "Volodymyr Zelensky"),
        ("Ukraine’s President Zelensky", "Volodymyr Zelensky"),
        ("Russian defense ministry", "Russian Ministry of Defense"),
        ("the Russian Ministry of Defense (MoD)", "Russian Ministry of Defense"),
        ("Russia's MoD", "Russian Ministry of Defense"),
        ("the Ministry of Defence of the Russian Federation", "Russian Ministry of Defense"),
        ("Defence Ministry spokesman Igor Konashenkov", "Igor Konashenkov"),
        ("Igor Konashenkov, a spokesman for the Russian defence ministry", "Igor Konashenkov"),
        ("Minister of Defense Rustem Umerov", "Rustem Umerov"),
        ("the head of Ukraine's military intelligence, Kyrylo Budanov", "Kyrylo Budanov"),
        ("the General Staff of Ukraine", "Ukrainian General Staff"),
        ("tass", "TASS"),
        ("Iraq's defence ministry", "Iraqi Defense Ministry"),
    ],
)
def test_actor(war: Profile, words: str, name: str) -> None:
    actor = war.actor(words)
    assert actor is not None
    assert actor.name == name


@pytest.mark.parametrize(
    "words",
    ["Zelensky's adviser", "an aide to President Putin", "the ministry", "he", "us", "", "–"],
)
def test_actor_is_the_head_or_nobody(war: Profile, words: str) -> None:
    assert war.actor(words) is None


def test_actor_carries_role_and_side(war: Profile) -> None:
    actor = war.actor("Interior Minister Ihor Klymenko")
    assert actor is not None
    assert (actor.role, actor.side, actor.kind) == (Role.OFFICIAL, "ukraine", "person")
    outlet = war.actor("CNN")
    assert outlet is not None
    assert (outlet.role, outlet.side, outlet.kind) == (Role.MEDIA, "media", "outlet")


@pytest.mark.parametrize(
    ("words", "side"),
    [
        ("Russian sources", "russia"),
        ("Ukrainian military commander", "ukraine"),
        ("a Ukrainian drone operator captured by Russian forces", "ukraine"),
        ("officials in Kyiv", "ukraine"),
        ("the governor of Belgorod", "russia"),
        ("Russian-installed official in Kherson", "russia"),
        ("Moscow’s forces", "russia"),
        ("U.S. officials", "third-party"),
        ("the UN", "third-party"),
        ("Zelensky's adviser", "ukraine"),
        ("local residents", None),
        ("us", None),
        ("", None),
    ],
)
def test_side_of(war: Profile, words: str, side: str | None) -> None:
    assert war.side_of(words) == side


def test_side_of_in_other_profiles(gaza: Profile, generic: Profile) -> None:
    assert gaza.side_of("the Hamas-run health ministry") == "palestine"
    assert gaza.side_of("an Israeli military spokesman") == "israel"
    assert gaza.side_of("Hezbollah") == "axis"
    assert generic.side_of("the Iraqi military") == "iraq"
    assert generic.side_of("Tehran") == "iran"
    assert generic.side("iran").tag == "IR"


def test_a_side_that_is_not_in_the_profile_is_still_shown(generic: Profile) -> None:
    assert generic.side("atlantis").tag == "AT"


def test_places_are_named_once_and_governments_are_no_places(war: Profile) -> None:
    text = "Moscow said that Kharkov’s airfield and the Kursk region were hit from a base in Minsk."
    found = war.places_in(text, Span(0, len(text)))
    assert [(place.name, place.span.of(text)) for place in found] == [
        ("Kharkiv", "Kharkov"),
        ("Kursk Oblast", "Kursk region"),
        ("Minsk", "Minsk"),
    ]


def test_channels(war: Profile) -> None:
    text = "He told CNN in a statement, then wrote on Telegram; Reuters reporters saw no tank."
    found = war.channel_in(text, Span(0, len(text)))
    assert [(span.of(text), name) for span, name in found] == [
        ("CNN", "CNN"),
        ("statement", "statement"),
        ("Telegram", "Telegram"),
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Ukrainian troops entered Kursk, Russia said. Kyiv was silent.",
            "russia-ukraine",
        ),
        ("Israel struck Gaza City; Hamas said that nine Palestinians died.", "israel-palestine"),
        ("Russia denied it. Ukraine did not. " + "Syria and Syrian rebels. " * 9, "generic"),
        ("The council met on Tuesday to talk about the harbour.", "generic"),
        ("", "generic"),
    ],
)
def test_choose(text: str, name: str) -> None:
    assert choose(text).name == name


def test_a_users_profile(tmp_path: Path) -> None:
    (tmp_path / "islands.toml").write_text(
        'title = "The islands"\n'
        '[[sides]]\nid = "north"\nname = "North"\ntag = "NO"\ncolour = "#112233"\n'
        'rivals = ["south"]\nwords = ["Northern", "Northerners"]\n'
        '[[sides]]\nid = "south"\nname = "South"\ntag = "SO"\ncolour = "#332211"\n'
        'states = ["chile"]\n'
        "[people.north]\n"
        'official = ["Ann Example = A. Example"]\n'
        "[places]\n"
        'north = ["Port Lake = Lakeport"]\n',
        encoding="utf-8",
    )
    assert available([tmp_path])["islands"] == tmp_path / "islands.toml"
    profile = load("islands", [tmp_path])
    assert profile == load(tmp_path / "islands.toml")
    actor = profile.actor("Minister Ann Example")
    assert actor is not None
    assert actor.side == "north"
    assert profile.side_of("Northern troops") == "north"
    assert profile.side_of("the Chilean navy") == "south"
    assert profile.side_of("mayor of Lakeport") == "north"
    assert profile.side_of("French officials") == "third-party"
    text = "Northern troops left Lakeport; the Chilean navy said that Northerners still held it."
    assert choose(text, [tmp_path]).name == "islands"


def test_the_example_of_the_guide_works(tmp_path: Path) -> None:
    guide = Path(__file__).parents[2] / "docs" / "profiles.md"
    example = guide.read_text(encoding="utf-8").split("```toml\n")[1].split("```")[0]
    path = tmp_path / "islands.toml"
    path.write_text(example, encoding="utf-8")
    profile = load(path)
    assert profile.side_of("the mayor of Lakeport") == "north"
    assert profile.side_of("the Chilean navy") == "south"
    actor = profile.actor("President Anne Example")
    assert actor is not None
    assert (actor.name, actor.role) == ("Ann Example", Role.HEAD_OF_STATE)
    text = "She wrote on the island bulletin."
    assert [name for _, name in profile.channel_in(text, Span(0, len(text)))] == ["Bulletin board"]


SIDE = '[[sides]]\nid = "north"\ntag = "NO"\ncolour = "#112233"\n'


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("title = ", "not valid TOML"),
        ("", "names no side; add one or more [[sides]] tables with 'id', 'tag' and 'colour'"),
        ("channels = ['Board']", "names no side"),
        ("titel = 'x'", "unknown key 'titel'; did you mean 'title'?"),
        ("title = 3", "'title' must be text"),
        ('[[sides]]\nid = "North"', "side 1: 'id' must be small letters"),
        ('[[sides]]\nid = "media"', "every profile has this side already"),
        ('[[sides]]\nid = "north"\ntag = "N"', "'tag' must be two capital letters"),
        ('[[sides]]\nid = "north"\ntag = "NO"\ncolour = "red"', '"#rrggbb"'),
        (SIDE + 'color = "#000000"', "unknown key 'color'; did you mean 'colour'?"),
        (SIDE + 'rivals = ["nroth"]', "rival 'nroth' is no side; did you mean 'north'?"),
        (SIDE + 'states = ["ukrain"]', "no state or group 'ukrain'; did you mean 'ukraine'?"),
        (SIDE + 'words = "Northern"', "must be a list of texts"),
        (SIDE + 'words = [""]', "empty text"),
        (SIDE + SIDE, "two sides have the id 'north'"),
        (SIDE + '[people.nort]\nofficial = ["A B"]', "did you mean 'north'?"),
        (SIDE + '[people.north]\noficial = ["A B"]', "did you mean 'official'?"),
        (SIDE + '[places]\nsouth = ["A"]', "places.south: no such side"),
        (SIDE + 'main = "yes"', "'main' must be true or false"),
        ("sides = 3", "[[sides]]"),
        ("channels = [' = x']", "no name before the '='"),
        ("[states]\nXY = 'Xanadu'", "give the adjective first"),
    ],
)
def test_a_wrong_profile_is_told_what_to_do(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ProfileError) as caught:
        load(path)
    assert str(caught.value).startswith(str(path))
    assert said in str(caught.value)


def test_a_profile_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match="no profile is called 'nowhere'; there are: generic"):
        load("nowhere")
    with pytest.raises(ProfileError, match=r"missing\.toml: cannot be read"):
        load(tmp_path / "missing.toml")
    latin = tmp_path / "latin.toml"
    latin.write_bytes(b'title = "x"\nchannels = ["\xe9"]\n')
    with pytest.raises(ProfileError, match="line 2 is not UTF-8"):
        load(latin)


@pytest.mark.parametrize("words", ["a " * 20000, "(" * 20000, "of the " * 20000, "-" * 20000])
def test_hostile_phrases_are_answered(war: Profile, words: str) -> None:
    assert war.actor(words) is None
    assert war.side_of(words) is None
    assert war.places_in(words, Span(0, len(words))) == ()


@pytest.mark.parametrize(
    "phrase",
    [
        "Martin Heinrich",
        "Mir-Hossein Mousavi",
        "Hossein Mousavi",
        "the UK Home Office",
        "Igor Putin",
        "German Foreign Minister Boris Lavrov",
        "Ivan Petrovich Lavrov",
        "Donald Trump Jr.",
        "Trump administration officials",
    ],
)
def test_a_shared_name_is_not_the_person_known(phrase: str) -> None:
    assert load("generic").actor(phrase) is None


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("Foreign Minister Sergei Viktorovich Lavrov", "Sergey Lavrov"),
        ("Sergey V. Lavrov", "Sergey Lavrov"),
        ("V. Putin", "Vladimir Putin"),
        ("Army Chief Gerasimov", "Valery Gerasimov"),
        ("Russia's Putin", "Vladimir Putin"),
        ("Zelensky aide Mykhailo Podolyak", "Mykhailo Podolyak"),
        ("VLADIMIR PUTIN", "Vladimir Putin"),
    ],
)
def test_names_with_titles_and_middle_names_are_known(phrase: str, name: str) -> None:
    actor = load("generic").actor(phrase)
    assert actor is not None
    assert actor.name == name
