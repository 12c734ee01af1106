"""Pages for people: the templates, and how they are filled."""
