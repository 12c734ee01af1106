"""The reference of the HTTP interface for people: its OpenAPI description as pages, with forms to try it."""
