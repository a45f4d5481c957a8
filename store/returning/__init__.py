"""Decisions that come back from other tools: one module a format, one way into the library.

A reader gives what a file says of each article (`ReturnedArticle`); `taking.take` holds it against
the texts of the library and takes the differences as one batch of decisions.
"""
