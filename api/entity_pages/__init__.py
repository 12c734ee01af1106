"""What the pages of some classes show besides the facts that every entity's page has."""
