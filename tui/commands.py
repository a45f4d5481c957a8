"""Every command of the reader, declared once: keys, where it works, and its words.

The bindings, the footer, the palette, the help screen, `warreader keys` and the README's table
are all made from `COMMANDS`. Nothing here imports Textual, so that `warreader keys` is quick.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from string import ascii_uppercase

from tui.keynames import show_key


class Context(StrEnum):
    """Where a command works; the value is its heading in the help."""

    EVERYWHERE = "everywhere"
    LIBRARY = "library"
    READER = "reader"
    CLAIMS = "claims panel"
    ANNOTATE = "annotating (reader and claims panel)"
    SPAN = "marking a span"
    FILTER = "filters"
    VIEW = "views over all claims"
    DISPUTES = "disputes"
    CARRIED = "claims of older texts"
    LEDGER = "ledger"
    MATRIX = "matrix"
    DOUBTFUL = "doubtful first"
    AGREEMENT = "agreement"
    ADJUDICATION = "adjudication"
    SINCE = "what changed"
    CONCORDANCE = "concordance"


NO_KEY = "no key"
"""What is shown for a command from which its keys were taken."""


@dataclass(frozen=True, slots=True)
class Command:
    """One thing that a key does."""

    id: str
    """Stable name, for remapping and for the palette."""
    keys: tuple[str, ...]
    """Keys by Textual's names; the first one is the one that is shown."""
    context: Context
    label: str
    """One or two words, for the footer."""
    help: str
    """One sentence, for the help screen and the palette."""
    footer: bool = False
    essential: bool = False
    """Whether it is one of the keys that a newcomer needs (the README's table)."""

    with_key: bool = False
    """Whether the action is told which of the keys it was; then they are shown as a range."""

    @property
    def binding_id(self) -> str:
        """The name of its bindings: the context, a dot, the id."""
        return f"{self.context.name.lower()}.{self.id}"

    @property
    def action(self) -> str:
        """The name of the action method, without `action_`."""
        return self.id.replace("-", "_")

    @property
    def shown_keys(self) -> tuple[str, ...]:
        """The keys as they are written for a person; a command without a key says so."""
        if self.with_key:
            return (f"{show_key(self.keys[0])}…{show_key(self.keys[-1])}",)
        return tuple(show_key(key) for key in self.keys) or (NO_KEY,)


_E, _L, _R, _C, _A, _S = (
    Context.EVERYWHERE,
    Context.LIBRARY,
    Context.READER,
    Context.CLAIMS,
    Context.ANNOTATE,
    Context.SPAN,
)
_V, _J, _W = Context.AGREEMENT, Context.ADJUDICATION, Context.SINCE
_D, _G, _M, _Q = Context.DISPUTES, Context.LEDGER, Context.MATRIX, Context.DOUBTFUL

COMMANDS: tuple[Command, ...] = (
    # Everywhere
    Command(
        "help", ("question_mark", "f1"), _E, "help", "List the keys that work here.", True, True
    ),
    Command("palette", ("colon", "ctrl+p"), _E, "commands", "Find any command by its name."),
    Command("back", ("q",), _E, "back", "Go back one step; from the library, quit."),
    Command(
        "cancel", ("escape",), _E, "clear", "Drop the marks of a search; close a pane over another."
    ),
    Command("quit", ("Q", "ctrl+q"), _E, "quit", "Quit. There is nothing to save."),
    Command("focus-next", ("tab",), _E, "next pane", "Go to the next pane."),
    Command("focus-previous", ("shift+tab",), _E, "previous pane", "Go to the previous pane."),
    Command("show-library", ("1",), _E, "library", "Go to the library; show it if it is hidden."),
    Command("show-reader", ("2",), _E, "reader", "Go to the text."),
    Command("show-claims", ("3",), _E, "claims", "Go to the claims; show them if they are hidden."),
    Command("next-article", ("J",), _E, "next article", "Read the next article of the library."),
    Command("previous-article", ("K",), _E, "previous article", "Read the previous article."),
    Command("trail-back", ("less_than_sign",), _E, "where I was", "Back to where you were before."),
    Command(
        "trail-forward",
        ("greater_than_sign",),
        _E,
        "forward again",
        "Forward after going back.",
    ),
    Command("undo", ("z",), _E, "undo", "Take back the last decision, in any article.", True, True),
    Command("redo", ("Z",), _E, "redo", "Take the undone decision again."),
    Command(
        "colouring",
        ("v",),
        _E,
        "type/side",
        "Colour the sentences by claim type, or by the side of the source.",
        footer=True,
        essential=True,
    ),
    Command("legend", ("L",), _E, "legend", "Explain the letters, colours and signs.", True),
    Command("guidelines", ("I",), _E, "guidelines", "Read what a claim is, and each type."),
    Command(
        "filters", ("F",), _E, "filters", "Show only claims of a type, side, speaker or state."
    ),
    Command("clear-filters", ("X",), _E, "all claims", "Show all claims again."),
    Command("export", ("E",), _E, "export", "Write the annotations to a file.", True),
    Command("annotator", ("A",), _E, "annotator", "Decide as another annotator, or a new one."),
    Command("tutorial", (), _E, "tutorial", "Leave for the tutorial; then come back here."),
    Command("blind", ("B",), _E, "blind", "Hide outlet, byline, address and sides; again: show."),
    Command("theme", ("ctrl+t",), _E, "theme", "Choose dark, light or another set of colours."),
    Command("claims-order", ("O",), _E, "order", "Claims by place, speaker, type, side or doubt."),
    Command("disputes", ("4",), _E, "disputes", "Claims of rivals side by side, to be judged."),
    Command("ledger", ("5",), _E, "ledger", "Figures over time: what each side says was lost."),
    Command(
        "matrix", ("6",), _E, "matrix", "How many claims by source and type, side and channel."
    ),
    Command(
        "concordance", ("8",), _E, "find all", "Find words in all texts, or claims by their fields."
    ),
    Command("doubtful", ("7",), _E, "doubtful first", "Decide on the least certain claims first."),
    Command("agreement", ("9",), _E, "agreement", "How far annotators agree, and where not."),
    Command("adjudication", ("0",), _E, "adjudication", "Decide between two annotators."),
    Command("since", ("W",), _E, "what changed", "What is decided otherwise than at a time."),
    Command(
        "carried", ("R",), _E, "older texts", "Claims that a newer text of an article left behind."
    ),
    # Library
    Command("cursor-down", ("j", "down"), _L, "down", "Next article."),
    Command("cursor-up", ("k", "up"), _L, "up", "Previous article."),
    Command("page-down", ("space", "pagedown"), _L, "page down", "One page down."),
    Command("page-up", ("b", "pageup"), _L, "page up", "One page up."),
    Command("first", ("g", "home"), _L, "first", "First article."),
    Command("last", ("G", "end"), _L, "last", "Last article."),
    Command("open", ("enter", "l", "right"), _L, "read", "Read the article.", True),
    Command("search-library", ("slash",), _L, "search", "Search all articles and notes.", True),
    Command(
        "undecided-only", ("u",), _L, "undecided", "Only articles with undecided claims, or all."
    ),
    Command("star", ("s",), _L, "star", "Star the article, or no longer."),
    Command("toggle-read", ("N",), _L, "read/unread", "Call the article unread, or read."),
    Command("article-tags", ("number_sign",), _L, "tags", "Change the tags of the article."),
    Command("sort-library", ("o",), _L, "sort", "Sort the list; the same again turns it round."),
    Command(
        "filter-library", ("f",), _L, "filter", "Show only articles of an outlet, tag or side."
    ),
    Command(
        "same-story", ("equals_sign",), _L, "same story", "Show all articles on the same story."
    ),
    Command(
        "whole-library", ("w",), _L, "table", "Show the library on the whole screen, as a table."
    ),
    # Reader
    Command("next-sentence", ("j", "down"), _R, "next sentence", "Next sentence.", essential=True),
    Command("previous-sentence", ("k", "up"), _R, "previous sentence", "Previous sentence."),
    Command("page-down", ("space", "pagedown"), _R, "page down", "One page down."),
    Command("page-up", ("b", "pageup"), _R, "page up", "One page up."),
    Command("half-down", ("d",), _R, "half page down", "Half a page down."),
    Command("half-up", ("u",), _R, "half page up", "Half a page up."),
    Command("top", ("g", "home"), _R, "top", "Beginning of the article."),
    Command("bottom", ("G", "end"), _R, "bottom", "End of the article."),
    Command(
        "search-text", ("slash",), _R, "search", "Search in this article.", True, essential=True
    ),
    Command("next-match", ("n",), _R, "next match", "Next match of the search."),
    Command("previous-match", ("N",), _R, "previous match", "Previous match of the search."),
    Command("next-paragraph", ("right_curly_bracket",), _R, "next paragraph", "Next paragraph."),
    Command(
        "previous-paragraph",
        ("left_curly_bracket",),
        _R,
        "previous paragraph",
        "Beginning of this paragraph, then the previous one.",
    ),
    Command("set-mark", ("M",), _R, "mark", "Mark this place: this key, then a letter."),
    Command(
        "go-to-mark", ("apostrophe",), _R, "to mark", "Go to a mark: this key, then its letter."
    ),
    Command("open-url", ("o",), _R, "web page", "Show the article's address, and open it."),
    # Claims panel
    Command("cursor-down", ("j", "down"), _C, "next claim", "Next claim."),
    Command("cursor-up", ("k", "up"), _C, "previous claim", "Previous claim."),
    Command("page-down", ("space", "pagedown"), _C, "page down", "One page down."),
    Command("page-up", ("b", "pageup"), _C, "page up", "One page up."),
    Command("first", ("g", "home"), _C, "first", "First claim."),
    Command("last", ("G", "end"), _C, "last", "Last claim."),
    Command("fold", ("minus",), _C, "fold", "Hide the claims of the group."),
    Command("unfold", ("plus",), _C, "unfold", "Show the claims of the group."),
    Command("turn-fold", ("enter",), _C, "fold or unfold", "On a head: fold or unfold its group."),
    # Annotating
    Command("next-claim", ("l", "right"), _A, "next claim", "Next claim.", essential=True),
    Command("previous-claim", ("h", "left"), _A, "previous claim", "Previous claim."),
    Command("next-undecided", ("U",), _A, "undecided", "Next claim that waits for a decision."),
    Command(
        "accept", ("a",), _A, "accept", "Accept the claim; go on to the next undecided.", True, True
    ),
    Command(
        "reject", ("x",), _A, "reject", "Reject the claim; go on to the next undecided.", True, True
    ),
    Command("reset", ("r",), _A, "undecide", "Make the claim undecided, as the machine had it."),
    Command(
        "relabel", ("t",), _A, "type", "Change the type: this key, then its letter.", True, True
    ),
    Command("set-side", ("s",), _A, "side", "Change the side of the source."),
    Command("set-speaker", ("w",), _A, "who", "Change who says it."),
    Command("set-stance", ("S",), _A, "stance", "Change what the speaker does with the claim."),
    Command(
        "set-certainty", ("f",), _A, "firmness", "Change how firmly it is put, and the distance."
    ),
    Command(
        "new-claim",
        ("c",),
        _A,
        "new claim",
        "New claim on the sentence: this key, then its type.",
        True,
        True,
    ),
    Command("new-span-claim", ("C",), _A, "new on span", "New claim on a part of the sentence."),
    Command("respan", ("e",), _A, "move span", "Move the ends of source, cue and content."),
    Command("note", ("m",), _A, "note", "Write a note on the claim.", True),
    Command("tags", ("number_sign",), _A, "tags", "Change the tags of the claim."),
    Command("delete", ("D", "delete"), _A, "delete", "Delete the claim (undo brings it back)."),
    Command("history", ("H",), _A, "history", "Show what was decided on the claim, and when."),
    Command("copy", ("y",), _A, "copy", "Copy the claim with its source, title and URL."),
    # Marking a span
    Command(
        "offer",
        tuple("123456789"),
        _S,
        "take",
        "Take the span that is offered under this digit.",
        footer=True,
        with_key=True,
    ),
    Command(
        "span-type",
        tuple(ascii_uppercase),
        _S,
        "type",
        "Keep the spans, with the type of this letter (in capitals): done.",
        footer=True,
        with_key=True,
    ),
    Command("word-right", ("l", "right"), _S, "word →", "Move this end a word on."),
    Command("word-left", ("h", "left"), _S, "word ←", "Move this end a word back."),
    Command("clause-right", ("full_stop",), _S, "clause", "To where the next clause ends.", True),
    Command("clause-left", ("comma",), _S, "clause ←", "To where the clause before ends."),
    Command("name-right", ("right_parenthesis",), _S, "name →", "To the next name or figure."),
    Command("name-left", ("left_parenthesis",), _S, "name ←", "To the name or figure before."),
    Command("span-rest", ("s", "end"), _S, "sentence", "To the end (or start) of the sentence."),
    Command(
        "span-find",
        ("f",),
        _S,
        "word with",
        "To the next word that begins with a letter: this key, then the letter.",
    ),
    Command(
        "char-right", ("greater_than_sign", "shift+right"), _S, "char →", "Move a character on."
    ),
    Command("char-left", ("less_than_sign", "shift+left"), _S, "char ←", "Move a character back."),
    Command("other-end", ("o", "space"), _S, "ends", "Move the other end.", True),
    Command(
        "grow",
        ("k", "up"),
        _S,
        "grow",
        "Take the next larger unit: word, phrase, quotation, clause, sentence.",
    ),
    Command("shrink", ("j", "down"), _S, "shrink", "Back to the smaller unit."),
    Command(
        "quotation-inside",
        ("apostrophe",),
        _S,
        "in quotes",
        "Take the words in quotation marks; again: in the next ones.",
    ),
    Command(
        "quotation-whole", ("quotation_mark",), _S, "quotes", "The same with the quotation marks."
    ),
    Command(
        "next-part",
        ("tab", "p"),
        _S,
        "part",
        "Go on to source, cue or content; an empty one begins with what is likeliest.",
        True,
    ),
    Command(
        "cut-out",
        ("minus",),
        _S,
        "cut out",
        "Leave out the words in the middle that say whose it is (A, he said, B).",
    ),
    Command("add-fragment", ("plus",), _S, "fragment", "Begin one more fragment of this part."),
    Command("next-fragment", ("n",), _S, "next fragment", "Go on to the next fragment."),
    Command("drop-part", ("x", "delete"), _S, "drop", "Remove this fragment."),
    Command("step-back", ("u", "backspace"), _S, "step back", "Take back the last of these keys."),
    Command("save-span", ("enter",), _S, "keep", "Keep the spans.", True),
    Command("cancel-span", ("escape", "q"), _S, "cancel", "Leave them as they were.", True),
    Command("span-help", ("question_mark", "f1"), _S, "help", "List these keys.", True),
    # Filters
    Command("filter-down", ("j", "down"), Context.FILTER, "down", "Next line.", True),
    Command("filter-up", ("k", "up"), Context.FILTER, "up", "Previous line.", True),
    Command("filter-toggle", ("space",), Context.FILTER, "choose", "Choose or drop.", True),
    Command("filter-clear", ("X",), Context.FILTER, "clear", "Choose nothing: show all.", True),
    Command("filter-apply", ("enter",), Context.FILTER, "apply", "Show the chosen claims.", True),
    Command("filter-cancel", ("escape", "q"), Context.FILTER, "cancel", "Change nothing.", True),
    # Views over all claims
    Command("view-open", ("enter",), Context.VIEW, "read", "Read the claim in its article."),
    Command("view-down", ("j", "down"), Context.VIEW, "down", "Next line."),
    Command("view-up", ("k", "up"), Context.VIEW, "up", "Previous line."),
    Command("view-page-down", ("space", "pagedown"), Context.VIEW, "page down", "One page down."),
    Command("view-page-up", ("b", "pageup"), Context.VIEW, "page up", "One page up."),
    Command("view-first", ("g", "home"), Context.VIEW, "first", "First line."),
    Command("view-last", ("G", "end"), Context.VIEW, "last", "Last line."),
    Command(
        "view-help",
        ("question_mark", "f1"),
        Context.VIEW,
        "help",
        "List the keys of the view.",
        True,
    ),
    Command("view-leave", ("q", "escape"), Context.VIEW, "back", "Back to where you were.", True),
    # Concordance
    Command("ask", ("slash",), Context.CONCORDANCE, "ask", "Ask for other words or claims.", True),
    Command("order-lines", ("o",), Context.CONCORDANCE, "sort", "Sort the lines.", True),
    Command(
        "lines-or-claims",
        ("v",),
        Context.CONCORDANCE,
        "words/claims",
        "Show the claims with these words, or the places of the words.",
        True,
    ),
    Command(
        "label-all",
        ("a",),
        Context.CONCORDANCE,
        "label all",
        "Accept, reject, tag or change all claims of the list, as one step.",
        True,
    ),
    Command(
        "undo-here", ("z",), Context.CONCORDANCE, "undo", "Take back the last step, whole.", True
    ),
    Command("redo-here", ("Z",), Context.CONCORDANCE, "redo", "Take the undone step again."),
    # Disputes
    Command("first-claim", ("h", "left", "1"), _D, "left", "Read the claim on the left."),
    Command("second-claim", ("l", "right", "2"), _D, "right", "Read the claim on the right."),
    Command("as-proposed", ("a",), _D, "as proposed", "Judge the pair as it is proposed.", True),
    Command("contradicts", ("c",), _D, "contradict", "Both cannot hold.", True),
    Command("compatible", ("o",), _D, "both hold", "Both can hold.", True),
    Command("unrelated", ("x",), _D, "unrelated", "They are not about one thing.", True),
    Command("later", ("n",), _D, "update", "One is the later state of the other.", True),
    Command("denies", ("d",), _D, "denies", "One says that the other is false."),
    Command("corroborates", ("s",), _D, "supports", "One bears the other out."),
    Command("repeats", ("r",), _D, "repeats", "One relays the other."),
    Command("dispute-note", ("m",), _D, "note", "Write a note on the verdict."),
    Command("dispute-undo", ("z",), _D, "undo", "Take back the last decision.", True),
    Command("dispute-redo", ("Z",), _D, "redo", "Take the undone decision again."),
    Command("relation", ("f",), _D, "relation", "Choose which relations are listed."),
    Command("open-only", ("u",), _D, "undecided", "Only pairs without a verdict, or all."),
    Command("compare-again", ("R",), _D, "compare", "Compare all articles anew; verdicts stay."),
    # Claims of older texts
    Command("carry-here", ("a",), Context.CARRIED, "here", "Put the claim on that place.", True),
    Command(
        "carry-drop", ("x",), Context.CARRIED, "drop", "Take it off the list; it is kept.", True
    ),
    # Ledger
    Command("topic", ("t",), _G, "topic", "Choose what the figures are of.", True),
    Command("ledger-side", ("s",), _G, "who says", "Only what one side says.", True),
    Command("ledger-victims", ("v",), _G, "whose", "Only losses of one side.", True),
    Command("ledger-counted", ("o",), _G, "of what", "Only what is counted so: tanks.", True),
    Command("ledger-speaker", ("w",), _G, "speaker", "Only one speaker."),
    Command("ledger-period", ("p",), _G, "period", "Only figures of a time.", True),
    Command("ledger-plot", ("P",), _G, "plot", "Show the plot, or only the table."),
    Command("ledger-clear", ("X",), _G, "all", "Show all figures of the topic.", True),
    # Matrix
    Command("column-left", ("h", "left"), _M, "left", "Previous column."),
    Command("column-right", ("l", "right"), _M, "right", "Next column."),
    Command("column-first", ("circumflex_accent",), _M, "first column", "First column."),
    Command("column-last", ("dollar_sign",), _M, "last column", "Last column."),
    Command("rows-by", ("r",), _M, "rows", "Rows by speaker, outlet or side.", True),
    Command("columns-by", ("c",), _M, "columns", "Columns by type, side or channel.", True),
    # Doubtful first
    Command("rules", ("r",), _Q, "rules", "How often each rule was right, or the queue.", True),
    Command("queue-again", ("R",), _Q, "ask anew", "Choose anew what to ask about."),
    # Agreement
    Command("next-table", ("t",), _V, "table", "Labels, words, types or pairs first.", True),
    Command("compared-people", ("p",), _V, "people", "Choose whom to compare.", True),
    Command("compared-article", ("o",), _V, "article", "Only this article, or all.", True),
    # Adjudication
    Command("take-a", ("a", "1", "left"), _J, "A", "Take the version of A, and go on.", True),
    Command("take-b", ("b", "2", "right"), _J, "B", "Take the version of B, and go on.", True),
    Command("take-both", ("equals_sign", "t"), _J, "both", "Take both versions.", True),
    Command("take-neither", ("x", "n"), _J, "neither", "Take neither: refuse the claim.", True),
    Command("edit-by-hand", ("e",), _J, "by hand", "Change it in the reader.", True),
    Command("next-open", ("u", "U"), _J, "next open", "The next that is not adjudicated.", True),
    Command("adjudicate-undo", ("z",), _J, "undo", "Take back the last decision.", True),
    Command("adjudicate-redo", ("Z",), _J, "redo", "Take the undone decision again."),
    Command("adjudicate-article", ("o",), _J, "article", "Only this article, or all."),
    Command("view-open", ("enter",), _J, "read", "Read the claim in its article."),
    Command("view-down", ("j", "down"), _J, "down", "Next line."),
    Command("view-up", ("k", "up"), _J, "up", "Previous line."),
    Command("view-page-down", ("space", "pagedown"), _J, "page down", "One page down."),
    Command("view-page-up", ("pageup",), _J, "page up", "One page up."),
    Command("view-first", ("g", "home"), _J, "first", "First line."),
    Command("view-last", ("G", "end"), _J, "last", "Last line."),
    Command("view-help", ("question_mark", "f1"), _J, "help", "List the keys of the view.", True),
    Command("view-leave", ("q", "escape"), _J, "back", "Back to where you were.", True),
    # What changed
    Command("other-times", ("t",), _W, "times", "Choose the two times.", True),
)


def in_context(*contexts: Context) -> Iterator[Command]:
    """The commands of the given contexts, in the order of declaration."""
    return (command for command in COMMANDS if command.context in contexts)


def essential_table() -> str:
    """The keys that a newcomer needs, as the table of the README (a test holds the two equal)."""
    rows = ["| key | does |", "|---|---|"]
    for command in COMMANDS:
        if command.essential:
            keys = " ".join(f"`{key}`" for key in command.shown_keys)
            rows.append(f"| {keys} | {command.help} |")
    return "\n".join(rows)
