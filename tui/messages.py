"""The words that the program says itself, where more than one place says them."""

from __future__ import annotations


class WithKeys(str):
    """Words that name commands, "{command-id}": the screen shows the keys that they have."""

    __slots__ = ()


NO_CLAIM = WithKeys(
    "No claim here. {new-claim} and a type letter makes one; {next-claim} goes to the next claim."
)
SELECTED = WithKeys("ctrl+c copies what is selected, {copy} with where it comes from.")
NO_ARTICLE = WithKeys("No article is open. {open} in the library opens one.")
NO_WORDS = "There are no words here to make a claim of."
READ_ONLY = "Read-only: decisions are not taken. Close the other warreader and open this one again."
NOTHING_TO_UNDO = "Nothing to undo."
NOTHING_TO_REDO = "Nothing to redo."
ALL_DECIDED = "Every claim of this article is decided."
NOTHING_TO_ASK = "Nothing is left to ask about: every claim of the library is decided."
OPENING = "Opening the library …"
ALREADY = "It is so already: nothing was changed."
WELCOME = WithKeys("{help} lists the keys, {legend} the signs. There is no save key.")
SEARCHING = WithKeys(
    "enter searches · {next-match} and {previous-match} go on and back · esc cancels"
)
NOTHING_SEARCHED = WithKeys("Nothing is searched. {search-text} searches.")
NO_MARKS = WithKeys("No marks in this article yet. {set-mark} and a letter set one.")
CHANGE_SPEAKER = WithKeys("{set-speaker} changes it.")
NO_ARTICLES = "There is no article here."
ALL_ARTICLES = "All articles."
EMPTY_LIBRARY = (
    "The library is empty.",
    "Paste a text here: it becomes an article.",
    "Or leave with {quit} and add files, folders and addresses:",
    "warreader add report.txt folder/",
    "warreader add https://…",
)
NEWCOMER = WithKeys("The tutorial takes five minutes: {palette} and then “tutorial”.")
QUERY_HINT = (
    'words "a phrase" begin* -not OR · speaker: outlet: date:2024-08.. is:starred type:losses …'
)
NO_STORY = "No other article on this story is known."
ONE_STORY = WithKeys("All on one story. {same-story} or {cancel} goes back.")
BLIND = WithKeys("Blind: outlet, byline, address, sides are hidden. {blind} shows.")
NOT_BLIND = "Outlet, byline, address and sides are shown again."
HERE_ALREADY = WithKeys("You are there. {view-leave} goes back to where you were.")
NOT_NOW = WithKeys("Blind mode hides this; {blind} ends it.")
BLIND_EXPORT = "the file has outlets and sides, hidden now · enter writes · esc cancels"
CONCORDANCE_HINT = WithKeys(
    "{view-open} reads it · {ask} asks anew · {order-lines} sorts · {label-all} labels all"
)
QUERY_EXAMPLES = (
    ('"fire line" OR evacuat*', "a phrase, or the beginning of a word"),
    ("ceasefire -violat* outlet:Reuters", "the word without another, of one outlet"),
    ("speaker:Zelensky type:losses", "claims: who says it, what about"),
    ("side:russia is:undecided date:2024-08..", "claims of a side that wait, from a month on"),
    ("certainty:hedged channel:Telegram", "claims put with a reserve, that came through Telegram"),
    ('rule:quote tag:check note:"source unclear"', "what found them, your tags and notes"),
)
IN_A_TAB = "The words are in another tab of the browser; copy them there."
BACK_TO_CONCORDANCE = WithKeys("{concordance} goes back to what was found.")
