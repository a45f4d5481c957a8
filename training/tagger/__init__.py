"""Trains the attribution tagger: `python -m training.tagger` (see training/tagger/README.md)."""
