"""``python -m api``: serve what is published."""

from api.cli import app

app()
