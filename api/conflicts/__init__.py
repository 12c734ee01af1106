"""``/conflicts``: where sources disagree, with what each of them says side by side."""
