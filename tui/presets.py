"""Ready-made keymaps: what differs from the declared keys, by command.

A name with a dot means one context only. Sources: newsboat's `doc/keycmds.dsv`, Vim's manual
(`:help index`). Motions of less and Vim are the declared keys already.
"""

from __future__ import annotations

from collections.abc import Mapping

PRESETS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "vim": {
        "undo": ("u",),
        "redo": ("ctrl+r",),
        "half-up": ("ctrl+u",),
        "half-down": ("ctrl+d", "d"),
        "page-down": ("ctrl+f", "space", "pagedown"),
        "page-up": ("ctrl+b", "b", "pageup"),
        "undecided-only": ("U",),
        "open-only": ("U",),
        "next-open": ("U",),
    },
    "newsboat": {
        "next-article": ("J", "n"),
        "previous-article": ("K", "p"),
        "next-match": ("ctrl+n",),
        "previous-match": ("ctrl+p",),
        "palette": ("colon",),
        "half-down": ("ctrl+d",),
        "half-up": ("ctrl+u",),
        "open-url": ("o", "u"),
        "clear-filters": ("ctrl+f", "X"),
        "quit": ("Q",),
    },
}
