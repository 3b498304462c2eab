"""Making releases: one, many on all cores, and none that is still as it was made."""
