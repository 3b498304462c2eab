"""Old releases brought in: from text, Word, HTML or mail to the structure that `release.yaml` holds."""
