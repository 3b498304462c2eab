"""Word files judged: accessibility, sound structure, and nothing told that nobody should know."""
