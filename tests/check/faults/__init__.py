"""What is planted, by the group of rules that is meant for it; each planter yields its faults of one sample."""
