"""The guidelines: the scheme and the codebook in force as pages to read while annotating."""

from __future__ import annotations

from rich.text import Text

from claims.codebook import Codebook, TypeEntry, explained
from claims.guidelines import SECTIONS
from tui.highlight import type_key
from tui.themes import Palette


def guidelines_sheet(palette: Palette) -> Text:
    """What a claim is, then each type that the codebook offers, then the project's tags."""
    codebook = explained(palette.codebook)
    sheet = Text()
    for heading, paragraphs in SECTIONS:
        sheet.append(f"{heading}\n", palette["accent"])
        for words in paragraphs:
            sheet.append(f"{words}\n", palette["text"])
        sheet.append("\n")
    sheet.append(f"Types: {codebook.title}\n", palette["accent"])
    for entry in codebook.offered():
        _append_type(sheet, entry, palette)
    _append_words(sheet, codebook, palette)
    _append_tags(sheet, codebook, palette)
    sheet.rstrip()
    return sheet


def _append_type(sheet: Text, entry: TypeEntry, palette: Palette) -> None:
    key = type_key(entry.id)
    sheet.append(f"\n{entry.letter} {entry.label}", palette.letter(key))
    sheet.append(f"  {entry.gloss}\n", palette["muted"])
    if entry.definition:
        sheet.append(f"{entry.definition}\n", palette["text"])
    if entry.rather:
        sheet.append("Rather  ", palette["muted"])
        sheet.append(f"{entry.rather}\n", palette["text"])
    for example in entry.examples:
        sheet.append("  › ", palette["muted"])
        before, bracket, rest = example.partition("[")
        content, closing, after = rest.partition("]")
        sheet.append(before, palette["text"])
        if bracket and closing:
            sheet.append(content, palette[key] + palette["content"])
            sheet.append(after, palette["text"])
        else:
            sheet.append(bracket + content + closing + after, palette["text"])
        sheet.append("\n")


def _append_words(sheet: Text, codebook: Codebook, palette: Palette) -> None:
    for kind, words in codebook.words.items():
        sheet.append(f"\n{kind.capitalize()}\n", palette["accent"])
        for word in words:
            sheet.append(f"  {word.label:<12}", palette["title"])
            sheet.append(f" {word.gloss}\n", palette["text"])


def _append_tags(sheet: Text, codebook: Codebook, palette: Palette) -> None:
    if not codebook.tags:
        return
    which = "no others may be given" if codebook.tags_closed else "others may be given too"
    sheet.append(f"\nTags ({which})\n", palette["accent"])
    for tag in codebook.tags:
        sheet.append(f"  #{tag.name:<16}", palette["title"])
        sheet.append(f" {tag.gloss}\n", palette["text"])
