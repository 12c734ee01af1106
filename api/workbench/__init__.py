"""The SPARQL workbench: ``/sparql`` as a browser sees it."""
