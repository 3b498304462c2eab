"""Make PDF files with WeasyPrint, repair their structure, and read their text."""
