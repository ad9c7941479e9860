"""How good and how fast the matcher is beside plain ones; run as `python -m benchmarks.NAME`."""
