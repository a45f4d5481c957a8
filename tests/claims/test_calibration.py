"""The numbers of the network's own confidence: what ships, and the fit that makes them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from claims.tagger.weights import SHIPPED, read
from training.tagger import calibration
from training.tagger.corpus import held_out


def test_the_numbers_of_the_script_are_those_that_ship() -> None:
    assert read(SHIPPED).header["calibration"] == calibration.CALIBRATION


def test_the_fit_finds_the_weights_that_made_the_shares() -> None:
    evidence = np.random.default_rng(1).normal(size=(4_000, 3))
    wanted = [-0.5, 1.0, -2.0, 0.0]
    shares = 1 / (1 + np.exp(-(wanted[0] + evidence @ np.array(wanted[1:]))))
    found = calibration.fit(evidence, shares)
    assert found == pytest.approx(wanted, abs=0.02)
    assert calibration.moved(evidence, found, wanted) < 0.01
    assert calibration.moved(evidence, found, [0.5, *wanted[1:]]) > 0.1


def test_a_corpus_is_read_and_the_difference_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = next(f"doc{n}" for n in range(1_000) if held_out(f"doc{n}"))
    for folder in ("text", "attributions"):
        (tmp_path / "train" / folder).mkdir(parents=True)
    text = "The mayor said that the bridge is open. The army denied that it fell."
    (tmp_path / "train" / "text" / f"{name}.txt").write_text(text)
    (tmp_path / "train" / "attributions" / f"{name}_a.ann").write_text(
        "T1\tSource 0 9\tThe mayor\nT2\tCue 10 14\tsaid\nT3\tContent 15 38\tthat …\n"
        "E1\tCue:T2 Source:T1 Content:T3\n"
    )
    run = ["--polnear", str(tmp_path), "--weights", str(SHIPPED)]
    assert calibration.main(run) == 1  # two attributions make other numbers
    assert "1 documents, 2 attributions, 0.500 right" in capsys.readouterr().out
    assert calibration.main(["--polnear", str(tmp_path / "none"), "--weights", str(SHIPPED)]) == 2
    assert calibration.main(["--polnear", str(tmp_path), "--weights", str(tmp_path / "no")]) == 2
