"""Sample articles, with the metadata that their files do not hold (see `index.toml`)."""
