"""Reading, filling and writing Word files (.docx).

Text goes through Jinja, nodes go through lxml: XML is never templated as a string. So no character of a value can be
lost or injected, and a tag that Word has split over runs still reads as one.
"""
