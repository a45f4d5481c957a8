"""The trained tagger: source, cue and content of a text by a small network, run with NumPy.

`model.load()` reads the weights. Only `network`, `field` and what imports them need NumPy; nothing
else in `claims` imports them before a text is tagged.
"""
