"""Search over the index of a snapshot, and what it knows of Vietnamese names. Nothing of HTTP.

`words`, `abbreviations`, `document_numbers` and `reading` know text only; `statements` knows the index;
`ranking` puts in order; `index` joins them.
"""
