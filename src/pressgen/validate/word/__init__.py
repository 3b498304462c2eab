"""Check Word files for accessibility, sound structure and privacy."""
