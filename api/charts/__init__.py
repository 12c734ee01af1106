"""The geometry of charts and diagrams, computed without looking anything up: templates draw it as SVG."""
