"""Commands: declared once, no key twice where it would be ambiguous, each one does something."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from textual.binding import Binding

from tui.bindings import bindings
from tui.commands import COMMANDS, Context, essential_table, in_context
from tui.screens.adjudication import AdjudicationScreen
from tui.screens.agreement import AgreementScreen
from tui.screens.carried import CarriedScreen
from tui.screens.concordance import ConcordanceScreen
from tui.screens.disputes import DisputesScreen
from tui.screens.doubtful import DoubtfulScreen
from tui.screens.filters import FilterScreen
from tui.screens.ledger import LedgerScreen
from tui.screens.main import MainScreen
from tui.screens.matrix import MatrixScreen
from tui.screens.overview import OverviewScreen
from tui.screens.since import SinceScreen
from tui.screens.spanning import SpanScreen
from tui.widgets.claims_panel import ClaimsPanel
from tui.widgets.library_pane import LibraryPane

TOGETHER = {
    Context.LIBRARY: (Context.LIBRARY, Context.EVERYWHERE),
    Context.READER: (Context.READER, Context.ANNOTATE, Context.EVERYWHERE),
    Context.CLAIMS: (Context.CLAIMS, Context.ANNOTATE, Context.EVERYWHERE),
    Context.SPAN: (Context.SPAN,),
    Context.FILTER: (Context.FILTER,),
    **{
        one: (one, Context.VIEW)
        for one in (
            Context.DISPUTES,
            Context.LEDGER,
            Context.MATRIX,
            Context.DOUBTFUL,
            Context.AGREEMENT,
            Context.SINCE,
            Context.CONCORDANCE,
        )
    },
    Context.ADJUDICATION: (Context.ADJUDICATION,),
}
OWNERS = {
    Context.EVERYWHERE: MainScreen,
    Context.ANNOTATE: MainScreen,
    Context.READER: MainScreen,
    Context.LIBRARY: LibraryPane,
    Context.CLAIMS: ClaimsPanel,
    Context.SPAN: SpanScreen,
    Context.FILTER: FilterScreen,
    Context.VIEW: OverviewScreen,
    Context.CARRIED: CarriedScreen,
    Context.DISPUTES: DisputesScreen,
    Context.LEDGER: LedgerScreen,
    Context.MATRIX: MatrixScreen,
    Context.DOUBTFUL: DoubtfulScreen,
    Context.AGREEMENT: AgreementScreen,
    Context.ADJUDICATION: AdjudicationScreen,
    Context.SINCE: SinceScreen,
    Context.CONCORDANCE: ConcordanceScreen,
}
MULTIPLEXERS_AND_FLOW = {"ctrl+a", "ctrl+b", "ctrl+s", "ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m"}


def test_no_key_does_two_things_in_one_place() -> None:
    for contexts in TOGETHER.values():
        keys = Counter(key for command in in_context(*contexts) for key in command.keys)
        assert [key for key, count in keys.items() if count > 1] == []


def test_every_command_has_an_action_where_it_works() -> None:
    for command in COMMANDS:
        owners = [OWNERS[command.context]]
        if command.context is Context.LIBRARY:
            owners.append(MainScreen)
        found = [owner for owner in owners if hasattr(owner, f"action_{command.action}")]
        assert found, command.id


def test_no_key_is_one_that_multiplexers_or_terminals_take() -> None:
    used = {key for command in COMMANDS for key in command.keys}
    assert used.isdisjoint(MULTIPLEXERS_AND_FLOW)


def test_every_command_says_what_it_does_in_a_sentence() -> None:
    for command in COMMANDS:
        assert command.help.endswith(".") and command.label


def test_every_key_of_a_context_becomes_a_binding() -> None:
    made = [b for b in bindings(Context.ANNOTATE) if isinstance(b, Binding)]
    expected = [key for command in in_context(Context.ANNOTATE) for key in command.keys]
    assert [binding.key for binding in made] == expected


def test_the_readme_shows_the_ten_keys_as_they_are() -> None:
    readme = Path(__file__).parents[2] / "README.md"
    assert essential_table() in readme.read_text(encoding="utf-8")
    assert len([command for command in COMMANDS if command.essential]) == 10
