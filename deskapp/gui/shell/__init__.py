"""The frame around the panels; the one place in gui that knows them all."""
