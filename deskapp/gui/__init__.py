"""The window: shows frozen views, sends commands to services, and never waits for them (design rule 7)."""
