"""The Reconciliation Service API: other people's names, codes and numbers, matched with entities.

One model of queries and candidates (`model`), how candidates are found and judged (`units`, `things`,
`agreement`, `reconciling`), and two wire formats over it: version 0.2 and the draft of version 1.0.
"""
