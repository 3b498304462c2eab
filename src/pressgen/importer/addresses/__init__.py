"""Import a release's readers from spreadsheets, delimited text and vCards."""
