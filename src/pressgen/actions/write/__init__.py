"""Write a release in Word, and take what was written into its data."""
