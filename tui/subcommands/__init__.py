"""The sub-commands of `warreader`: one module for each group, imported when one of them runs."""
