"""The rule tagger: who says what in one line, from words alone."""
