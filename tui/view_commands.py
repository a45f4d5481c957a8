"""The commands of the views over all claims."""

from __future__ import annotations

from tui.command import Command, Context

_V, _J, _W = Context.AGREEMENT, Context.ADJUDICATION, Context.SINCE
_D, _G, _M, _Q = Context.DISPUTES, Context.LEDGER, Context.MATRIX, Context.DOUBTFUL

VIEWS: tuple[Command, ...] = (
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
    Command(
        "ledger-reach",
        ("d",),
        _G,
        "over",
        "Only figures of a day, of a longer time, or running totals.",
        True,
    ),
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
    Command("take-a", ("a", "1", "left"), _J, "take A", "Take the version of A, and go on.", True),
    Command("take-b", ("b", "2", "right"), _J, "take B", "Take the version of B, and go on.", True),
    Command("take-both", ("equals_sign", "t"), _J, "both", "Take both versions.", True),
    Command("take-neither", ("x", "n"), _J, "neither", "Take neither: refuse the claim.", True),
    Command("edit-by-hand", ("e",), _J, "by hand", "Change it in the reader.", True),
    Command("next-open", ("u", "U"), _J, "next open", "The next that is not adjudicated.", True),
    Command("adjudicate-undo", ("z",), _J, "undo", "Take back the last decision.", True),
    Command("adjudicate-redo", ("Z",), _J, "redo", "Take the undone decision again."),
    Command("adjudicated-people", ("p",), _J, "people", "Choose between which two."),
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

ELSEWHERE = (
    *("show-library", "show-reader", "show-claims"),
    *("disputes", "ledger", "matrix", "doubtful", "concordance"),
    *("agreement", "adjudication", "since", "carried", "quit"),
)
"""The commands that lead from a view to a pane, to another view or out, where the view has no
other use for their keys."""
ABOVE = ("legend", "guidelines")
"""The commands whose sheet opens over a view as over the panes."""
