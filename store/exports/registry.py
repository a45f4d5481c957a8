"""The registry of the export formats: each a module of its own that is imported when it is used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module

from claims.codebook import Codebook
from store.exports.model import Document, Exporter, Losses, Options, Writer


def _late(module: str, function: str = "write") -> Writer:
    def write(
        documents: Iterable[Document], options: Options, losses: Losses
    ) -> Iterator[str] | Iterator[bytes]:
        writer: Writer = getattr(import_module(f"store.exports.{module}"), function)
        return writer(documents, options, losses)

    return write


def _label_studio_files(codebook: Codebook) -> Mapping[str, str]:
    from store.exports import label_studio

    return label_studio.beside(codebook)


FORMATS: dict[str, Exporter] = {
    exporter.name: exporter
    for exporter in (
        Exporter(
            "jsonl",
            ".jsonl",
            "everything, an article a line; comes back by import",
            _late("jsonl"),
            decisions=True,
        ),
        Exporter(
            "csv", ".csv", "one row a claim, for spreadsheets and statistics", _late("csvtable")
        ),
        Exporter("markdown", ".md", "a report to read", _late("markdown")),
        Exporter("html", ".html", "one page with the marked text and its claims", _late("html")),
        Exporter("w3c", ".jsonld", "Web Annotation, for Hypothesis and the web", _late("w3c")),
        Exporter(
            "brat",
            ".brat.zip",
            "brat standoff, one pair of files an article",
            _late("brat"),
            binary=True,
        ),
        Exporter(
            "label-studio",
            ".label-studio.json",
            "tasks for Label Studio, with its configuration beside",
            _late("label_studio"),
            beside=_label_studio_files,
        ),
        Exporter(
            "doccano",
            ".doccano.jsonl",
            "sequence labels and relations for doccano",
            _late("doccano"),
        ),
        Exporter("prodigy", ".prodigy.jsonl", "spans and relations for Prodigy", _late("prodigy")),
        Exporter(
            "spacy",
            ".spacy",
            "a DocBin for training spaCy",
            _late("spacy_docs"),
            binary=True,
            needs="spacy",
        ),
        Exporter(
            "cas",
            ".cas.zip",
            "UIMA CAS JSON, for INCEpTION",
            _late("cas", "write_json"),
            binary=True,
            needs="uima",
        ),
        Exporter(
            "xmi",
            ".xmi.zip",
            "UIMA CAS XMI, for INCEpTION and DKPro",
            _late("cas", "write_xmi"),
            binary=True,
            needs="uima",
        ),
        Exporter(
            "conll",
            ".conll",
            "a tag a token, for sequence taggers; carries types only",
            _late("conll"),
        ),
        Exporter(
            "qdpx",
            ".qdpx",
            "REFI-QDA project, for NVivo, ATLAS.ti, MAXQDA, QualCoder",
            _late("qdpx"),
            binary=True,
        ),
        Exporter(
            "claimreview",
            ".claims.jsonld",
            "schema.org Claim and ClaimReview",
            _late("claimreview"),
        ),
        Exporter(
            "parquet",
            ".parquet",
            "a table for pandas, Polars, DuckDB and R",
            _late("parquet"),
            binary=True,
            needs="parquet",
        ),
        Exporter(
            "acled",
            ".acled.csv",
            "claims of events in ACLED's columns, to be completed",
            _late("acled"),
        ),
    )
}
"""The formats by name, in the order in which they are offered."""
