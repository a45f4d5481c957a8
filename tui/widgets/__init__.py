"""The panes of the screen. None of them touches the store."""
