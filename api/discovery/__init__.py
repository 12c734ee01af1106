"""How programs find the dataset: VoID, DCAT, schema.org, dumps, sitemap, robots.txt and llms.txt."""
