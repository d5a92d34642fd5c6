"""The rules, pure: values in, values or codes out. No Qt, no database, no files, no clock of its own."""
