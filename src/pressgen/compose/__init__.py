"""From a release and its house to the Document: order, attribution, marks, numbering, banner."""
