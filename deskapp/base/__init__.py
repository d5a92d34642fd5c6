"""What every floor stands on: clock, settings, translations, assets, errors. Imports nothing of deskapp."""
