"""A list over a query: its pages are asked for as they come into view."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from textual.message import Message

from tui.widgets.lines import LineList, Piece

T = TypeVar("T")


class PagedList(LineList, Generic[T]):
    """A list of which only the pages that were looked at are held."""

    PAGE: ClassVar[int] = 100
    """Items that are asked for at once."""

    @dataclass
    class PageWanted(Message):
        """The items from `offset` on came into view and are not here yet."""

        pane: PagedList[object]
        offset: int

        @property
        def control(self) -> PagedList[object]:
            """The list, for handlers of one pane only."""
            return self.pane

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._pages: dict[int, Sequence[T]] = {}
        self._asked: set[int] = set()

    def begin(self, total: int) -> None:
        """Show a list of `total` items; its pages are asked for when they come into view."""
        self._pages.clear()
        self._asked.clear()
        self.set_count(total)

    def supply(self, offset: int, items: Sequence[T]) -> None:
        """The page that begins at `offset`."""
        self._pages[offset // self.PAGE] = items
        self._asked.discard(offset // self.PAGE)
        self.refresh()

    def held(self, index: int) -> T | None:
        """The item at a place of the list, where its page is here; none is asked for."""
        number, place = divmod(index, self.PAGE)
        page = self._pages.get(number, ())
        return page[place] if place < len(page) else None

    def at(self, index: int) -> T | None:
        """The item at a place of the list; None while its page is being fetched."""
        number = index // self.PAGE
        if number not in self._pages and number not in self._asked and index < self.count:
            self._asked.add(number)
            self.post_message(self.PageWanted(self, number * self.PAGE))  # type: ignore[arg-type]
        return self.held(index)

    def item_rows(self, index: int, width: int) -> Iterable[Iterable[Piece]]:
        """The rows of an item; until its page is here, that it is on its way."""
        assert self.palette is not None
        one = self.at(index)
        if one is None:
            return ((("  …", self.palette["muted"]),),)
        return self.rows_of(one, index, width)

    def rows_of(self, one: T, index: int, width: int) -> Iterable[Iterable[Piece]]:
        """The rows of the item at a place of the list, at most `width` cells wide."""
        raise NotImplementedError

    @property
    def current(self) -> T | None:
        """The item under the cursor."""
        return self.at(self.cursor) if self.count else None
