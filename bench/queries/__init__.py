"""What is asked: query families, competency queries, abusive queries."""
