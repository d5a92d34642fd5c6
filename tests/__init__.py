"""The tests of deskapp, one folder per floor; `tests.harness` is what they stand on."""
