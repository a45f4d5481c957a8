"""The commands of the three panes, of marking a span and of the filters."""

from __future__ import annotations

from string import ascii_uppercase

from tui.command import Command, Context

_E, _L, _R, _C, _A, _S = (
    Context.EVERYWHERE,
    Context.LIBRARY,
    Context.READER,
    Context.CLAIMS,
    Context.ANNOTATE,
    Context.SPAN,
)

READING: tuple[Command, ...] = (
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
        "colours",
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
    Command("star", ("s",), _L, "star", "Star the article, or no longer; stars are yours alone."),
    Command(
        "toggle-read", ("N",), _L, "read/unread", "Call the article unread, or read; for you alone."
    ),
    Command(
        "article-tags",
        ("number_sign",),
        _L,
        "tags",
        "Change the tags of the article; they are yours alone.",
    ),
    Command(
        "sort-library", ("o",), _L, "sort", "Sort the list; the same again turns it round.", True
    ),
    Command(
        "filter-library",
        ("f",),
        _L,
        "filter",
        "Show only articles of an outlet, tag or side.",
        True,
    ),
    Command(
        "same-story", ("equals_sign",), _L, "same story", "Show all articles on the same story."
    ),
    Command(
        "whole-library",
        ("w",),
        _L,
        "table",
        "Show the library on the whole screen, as a table.",
        True,
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
    Command("note", ("m",), _A, "note", "Write a note on the claim."),
    Command("tags", ("number_sign",), _A, "tags", "Change the tags of the claim."),
    Command("delete", ("D", "delete"), _A, "delete", "Delete the claim (undo brings it back)."),
    Command("history", ("H",), _A, "history", "Show what was decided on the claim, and when."),
    Command("copy", ("y",), _A, "copy", "Copy the sentence with its source, title and URL."),
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
    Command("filter-down", ("j", "down"), Context.FILTER, "down", "Next line."),
    Command("filter-up", ("k", "up"), Context.FILTER, "up", "Previous line."),
    Command("filter-toggle", ("space",), Context.FILTER, "choose", "Choose or drop.", True),
    Command(
        "filter-query",
        ("slash",),
        Context.FILTER,
        "query",
        "Claims that fit a query: speaker:Zelensky -is:decided.",
        True,
    ),
    Command("filter-clear", ("X",), Context.FILTER, "clear", "Choose nothing: show all.", True),
    Command("filter-apply", ("enter",), Context.FILTER, "apply", "Show the chosen claims.", True),
    Command("filter-cancel", ("escape", "q"), Context.FILTER, "cancel", "Change nothing.", True),
)
