"""Source texts and the TriG units that model them: what a text says, tied to its very words.

Reading (`text_files`, `trig`) is apart from the checks (`evidence`) and the search for fragments
(`locate`), which are pure. Offsets count Unicode code points of the whole file in NFC, from 0.
"""
