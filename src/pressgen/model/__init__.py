"""The nouns of a press office: what a release holds, what a house says, what a document shows."""
