"""The desk: the page where an editor reads an article with its marks, and corrects them.

``work`` is the article that a tab works on and the only door to the library; ``tab`` what a tab knows
beside it. ``marker`` is the text, ``rows`` a list beside it, ``fields`` what opens over it: each a
component with its own ``.js`` and ``.css``, given words as text. ``acting`` turns what an editor does
there into edits, ``reviewing`` keeps the queue, ``review_bar`` shows it. ``desk`` puts all in its place;
``panels``, ``brief_page`` and ``library_page`` are the rest. ``markup`` makes safe HTML: Streamlit reads
its own labels and messages as Markdown, so no words of an article go there.
"""
