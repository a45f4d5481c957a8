"""What is shown, and the `warreader` command."""
