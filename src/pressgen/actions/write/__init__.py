"""Write a release in Word, and keep its data up to date."""
