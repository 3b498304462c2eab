"""Pictures without what tells of people, places and machines; their pixels stay as they are, to the byte."""
