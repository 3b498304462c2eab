"""Made files read back and held against what they should say."""
