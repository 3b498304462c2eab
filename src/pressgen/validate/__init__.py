"""Read built files back, and compare them with what they should say."""
