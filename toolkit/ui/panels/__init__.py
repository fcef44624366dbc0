"""What stands beside the text: quotes, cast, numbers and timeline, summary, checks, key facts.

A panel is a module with ``show(work)``, which draws it with Streamlit, over pure functions that make
its rows of annotations. Rows lead to their places in the text; what they offer becomes edits.
"""
