"""What the text says: text in, claims out. No database, no screen, no network."""
