"""What a dataset says of itself: VoID partitions and linksets, and the DCAT catalogue."""
