"""Word files: a .docx as parts, a template as a script, and what stands in a file once it is made.

Text goes through Jinja, nodes go through lxml: XML is never templated as a string, so that no character of a value can
be lost or injected, and a tag that Word has split over runs still reads as one.
"""
