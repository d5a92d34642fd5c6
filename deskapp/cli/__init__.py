"""The command line that other programs rely on; thin, like the windows."""
