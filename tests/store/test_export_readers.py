"""The real readers of other tools take every file, and find the words at their offsets.

The readers come with the extra `interop`; a test whose reader is not installed is skipped.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from export_fakes import document, documents
from hypothesis import HealthCheck, given, settings

from claims.codebook import BASE
from claims.model import Article
from store.db import Library
from store.errors import StoreError
from store.exports import FORMATS, save
from store.exports.model import Document, Losses, Options
from store.exports.offsets import Offsets
from store.exports.report import report
from store.exports.verify import verify
from store.records import Status
from store.wording import one_line

GOLDEN = document()
"""Russia lost 3 tanks: code points 12 to 31, UTF-16 units 13 to 32, bytes 15 to 34."""
relaxed = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def written(name: str, *found: Document, **options: Any) -> tuple[bytes, Losses]:
    losses = Losses()
    pieces = FORMATS[name].write(found, Options(**options), losses)
    data = b"".join(p.encode("utf-8") if isinstance(p, str) else p for p in pieces)
    return data, losses


def contents(found: Document) -> list[str]:
    """The words of every fragment of every content."""
    text = found.article.text
    return sorted(span.of(text) for record in found.claims for span in record.claim.content)


def files(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


class TestBrat:
    @relaxed
    @given(found=documents())
    def test_pybrat_reads_the_marks(self, tmp_path_factory: Any, found: Document) -> None:
        pybrat = pytest.importorskip("pybrat.parser")
        folder: Path = tmp_path_factory.mktemp("brat")
        archive = files(written("brat", found)[0])
        for name, data in archive.items():
            (folder / name).write_bytes(data)
        text = found.article.text
        if "\r" in text:  # pybrat reads texts with Python's line ends, and so loses the place
            return
        (example,) = pybrat.BratParser(error="ignore").parse(folder)
        assert example.text == text
        marks = [e for e in example.entities if e.type not in ("Source", "Cue")]
        for mark in marks:
            words = " ".join(text[span.start : span.end] for span in mark.spans)
            assert words.split() == mark.mention.split()
        drawn = [span.of(text).strip("\n") for r in found.claims for span in r.claim.content]
        assert bool(marks) == any(drawn)
        assert len(marks) <= len(found.claims)

    def test_the_golden_text(self) -> None:
        archive = files(written("brat", GOLDEN)[0])
        (marks,) = [data.decode() for name, data in archive.items() if name.endswith(".ann")]
        assert "T3\tlosses 12 31\tRussia lost 3 tanks\n" in marks
        assert b"[attributes]" in archive["annotation.conf"]


class TestW3c:
    @relaxed
    @given(found=documents())
    def test_quotes_stand_at_their_positions(self, found: Document) -> None:
        page = json.loads(written("w3c", found)[0])
        words = []
        for item in page["first"]["items"]:
            for target in item["target"]:
                quote, position = target["selector"]
                start, end = position["start"], position["end"]
                text = found.article.text
                assert text[start:end] == quote["exact"]
                assert text[:start].endswith(quote["prefix"])
                assert text[end:].startswith(quote["suffix"])
                if item["motivation"] == "classifying":
                    words.append(quote["exact"])
        assert sorted(words) == contents(found)

    def test_anchorpoint_finds_the_words(self) -> None:
        anchorpoint = pytest.importorskip("anchorpoint")
        page = json.loads(written("w3c", GOLDEN)[0])
        quote = page["first"]["items"][-1]["target"][0]["selector"][0]
        selector = anchorpoint.TextQuoteSelector(
            exact=quote["exact"], prefix=quote["prefix"], suffix=quote["suffix"]
        )
        position = selector.as_position(GOLDEN.article.text)
        assert (position.start, position.end) == (12, 31)


class TestSpacy:
    @relaxed
    @given(found=documents())
    def test_spacy_reads_the_spans(self, found: Document) -> None:
        tokens = pytest.importorskip("spacy.tokens")
        vocab = pytest.importorskip("spacy.vocab").Vocab()
        data, _ = written("spacy", found)
        (doc,) = tokens.DocBin(store_user_data=True).from_bytes(data).get_docs(vocab)
        assert doc.text == found.article.text
        read = sorted(found.article.text[s.start_char : s.end_char] for s in doc.spans["sc"])
        assert read == contents(found)
        assert json.loads(doc.user_data["warreader"])["text_sha256"] == found.article.text_sha256
        assert data == written("spacy", found)[0]


class TestCas:
    @pytest.mark.parametrize("name", ["cas", "xmi"])
    def test_cassis_reads_what_inception_shows(self, name: str) -> None:
        cassis = pytest.importorskip("cassis")
        archive = files(written(name, GOLDEN)[0])
        if name == "cas":
            (data,) = archive.values()
            assert b'"begin" : 13' in data or b'"begin": 13' in data  # UTF-16 on the disk
            cas = cassis.load_cas_from_json(io.BytesIO(data))
        else:
            types = cassis.load_typesystem(io.BytesIO(archive.pop("TypeSystem.xml")))
            (data,) = archive.values()
            assert b'begin="13"' in data
            cas = cassis.load_cas_from_xmi(io.BytesIO(data), typesystem=types)
        (claim,) = cas.select("warreader.Claim")
        assert (claim.begin, claim.end, claim.claimType) == (12, 31, "losses")
        assert claim.get_covered_text() == "Russia lost 3 tanks"
        segment = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type"
        assert len(cas.select(f"{segment}.Sentence")) == 2
        assert [t.get_covered_text() for t in cas.select(f"{segment}.Token")][:3] == [
            "Kyiv", "😀", "said",
        ]  # fmt: skip


class TestQdpx:
    @relaxed
    @given(found=documents())
    def test_the_project_fits_the_schema_and_the_offsets_the_text(self, found: Document) -> None:
        etree = pytest.importorskip("lxml.etree")
        schema = etree.XMLSchema(etree.parse(str(Path(__file__).with_name("qdpx.xsd"))))
        archive = files(written("qdpx", found)[0])
        project = etree.fromstring(archive["project.qde"])
        schema.assertValid(project)
        space = {"q": "urn:QDA-XML:project:1.0"}
        guids = project.xpath("//@guid")
        assert len(guids) == len(set(guids))
        assert set(project.xpath("//@targetGUID")) <= set(guids)
        (source,) = project.xpath("//q:TextSource", namespaces=space)
        name = source.get("plainTextPath").removeprefix("internal://")
        text = archive[f"sources/{name}"].decode("utf-8")
        assert text == found.article.text
        marks = list(_selections(source, space, text))
        assert sorted(words for words, codes in marks if len(codes) > 1) == contents(found)

    def test_qualcoder_counts_utf16(self) -> None:
        data = files(written("qdpx", GOLDEN, offsets="utf16")[0])["project.qde"]
        assert b'startPosition="13" endPosition="32"' in data


def _selections(source: Any, space: dict[str, str], text: str) -> Iterator[tuple[str, list[Any]]]:
    for mark in source.xpath("q:PlainTextSelection", namespaces=space):
        start, end = int(mark.get("startPosition")), int(mark.get("endPosition"))
        yield text[start:end], mark.xpath("q:Coding", namespaces=space)


class TestTables:
    def test_parquet_keeps_numbers_and_nulls(self) -> None:
        pq = pytest.importorskip("pyarrow.parquet")
        (row,) = pq.read_table(io.BytesIO(written("parquet", GOLDEN)[0])).to_pylist()
        assert (row["start_cp"], row["end_cp"], row["figure_low"]) == (12, 31, 3.0)
        assert (row["claimant"], row["channel"]) == ("Kyiv", "")
        assert json.loads(row["claim_json"])["content"] == [[12, 31]]

    def test_acled_says_who_claims_it_and_runs_no_formula(self) -> None:
        data, _ = written("acled", document(speaker="=cmd"))
        (row,) = csv.DictReader(io.StringIO(data.decode(), newline=""))
        assert (row["event_type"], row["event_date"]) == ("Battles", "2024-08-14")
        assert row["notes"].startswith("Claimed by =cmd (Ukraine): Russia lost 3 tanks")
        assert row["fatalities"] == ""  # tanks are not dead
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row.values())


class TestSequences:
    @relaxed
    @given(found=documents())
    def test_prodigy_tokens_tile_and_hold_the_spans(self, found: Document) -> None:
        data, _ = written("prodigy", found)
        task = json.loads(data)
        text, tokens = task["text"], task["tokens"]
        at = 0
        for token in tokens:
            assert text[token["start"] : token["end"]] == token["text"]
            assert text[at : token["start"]] in ("", " ")
            at = token["end"]
        for span in task["spans"]:
            assert tokens[span["token_start"]]["start"] == span["start"]
            assert tokens[span["token_end"]]["end"] == span["end"]
        marks = sum(1 for record in found.claims for _ in record.claim.spans())
        assert len(task["spans"]) == marks

    @relaxed
    @given(found=documents())
    def test_doccano_counts_utf16(self, found: Document) -> None:
        example = json.loads(written("doccano", found)[0])
        wide = example["text"].encode("utf-16-le")
        words = [
            wide[2 * e["start_offset"] : 2 * e["end_offset"]].decode("utf-16-le")
            for e in example["entities"]
            if e["label"] not in ("source", "cue")
        ]
        assert sorted(words) == contents(found)

    @relaxed
    @given(found=documents())
    def test_conll_tags_are_well_formed_and_every_loss_is_named(self, found: Document) -> None:
        data, losses = written("conll", found)
        begun = 0
        before = "O"
        for line in data.decode().split("\n")[2:]:
            if not line:
                continue
            words, tag, *_ = line.split("\t")
            assert words and not words.isspace()
            if tag.startswith("I-"):
                assert before[2:] == tag[2:]
            begun += tag.startswith("B-")
            before = tag
        kept = [r for r in found.claims if r.status is not Status.REJECTED]
        spans = sum(len(r.claim.content) for r in kept)
        assert begun + sum(loss.what == "content" for loss in losses) == spans


class TestLabelStudio:
    def test_the_tasks_fit_the_configuration(self) -> None:
        sdk = pytest.importorskip("label_studio_sdk.label_interface")
        beside = FORMATS["label-studio"].beside
        assert beside is not None
        interface = sdk.LabelInterface(beside(BASE)[".config.xml"])
        (task,) = json.loads(written("label-studio", GOLDEN)[0])
        (annotation,) = task["annotations"]
        assert interface.validate_annotation(annotation)


class TestClaimReview:
    def test_a_verdict_makes_a_review_where_its_address_is_known(self) -> None:
        found = document(url="https://example.org/a")
        (claim,) = json.loads(written("claimreview", found)[0])["@graph"]
        assert (claim["@type"], claim["text"]) == ("Claim", "Russia lost 3 tanks")
        assert claim["appearance"]["url"] == "https://example.org/a"
        record = found.claims[0]
        tagged = Document(
            found.article, (type(record)(1, record.claim, record.status, tags=("verdict:false",)),)
        )
        data, losses = written("claimreview", tagged)
        assert "needs --review-url" in {loss.why.removeprefix("a ClaimReview ") for loss in losses}
        assert b"ClaimReview" not in data
        data, _ = written("claimreview", tagged, review_url="https://e.org/r")
        (review,) = json.loads(data)["@graph"]
        assert review["reviewRating"]["alternateName"] == "false"
        assert review["claimReviewed"] == one_line("Russia lost 3 tanks")


@relaxed
@given(found=documents())
def test_offsets_convert_there_and_back(found: Document) -> None:
    text = found.article.text
    for unit, encoding, width in (("utf16", "utf-16-le", 2), ("byte", "utf-8", 1)):
        offsets = Offsets(text, unit)  # type: ignore[arg-type]
        for position in range(len(text) + 1):
            units = len(text[:position].encode(encoding)) // width
            assert offsets.of(position) == units
            assert offsets.back(units) == position
        assert offsets.back(offsets.of(len(text)) + 1) is None


NEEDED = {"cas": "cassis", "xmi": "cassis", "parquet": "pyarrow", "spacy": "spacy"}
VERIFIED = ("jsonl", "csv", "w3c", "brat", "label-studio", "doccano", "prodigy", "qdpx")


@pytest.mark.parametrize("name", [*VERIFIED, *NEEDED])
def test_verify_finds_every_span_and_a_shifted_text(
    name: str, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if name in NEEDED:
        pytest.importorskip(NEEDED[name])
    text = "Kyiv 😀 said that 3 were killed.\r\nMoscow denied it."
    article = library.articles.add(Article(text, title="Tanks")).article_id
    first, *others = library.claims.of(article)
    library.decisions.accept(article, first.id)
    assert others  # and those that the machine proposes
    path = tmp_path / "out"
    save(library, name, path)
    found = sum(len(r.claim.content) for r in library.claims.of(article))
    assert verify(library, name, path) >= found
    shifted = text.replace("said", "xsaid")[: len(text)]
    # As if an exporter had counted in another text.
    monkeypatch.setattr("store.exports.verify._text", lambda *_: shifted)
    if name != "qdpx":  # whose file says no words, and the places are there all the same
        with pytest.raises(StoreError, match="does not hold"):
            verify(library, name, path)


def test_verify_has_nothing_to_hold_a_report_against(library: Library, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no offsets"):
        verify(library, "markdown", tmp_path / "x.md")


def test_the_loss_report_names_claim_and_field() -> None:
    _, losses = written("conll", GOLDEN)
    (entry,) = json.loads(b"".join(report("conll", losses)))["losses"]
    assert (entry["claim"], entry["what"]) == ("c0000000000000001", "fields")
