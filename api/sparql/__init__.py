"""The SPARQL endpoint: SPARQL 1.1 Protocol, Service Description and the result formats."""
