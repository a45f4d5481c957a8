"""Where it is kept: SQLite through sqlite-utils; articles in, decisions in, exports out."""
