"""How good and how fast the toolkit is; run by hand, not installed."""
