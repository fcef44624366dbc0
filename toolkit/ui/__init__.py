"""The desk: the page where an editor reads an article with its marks.

``markup`` makes safe HTML and is the only door for the words of an article: Streamlit reads its
own labels and messages as Markdown, so none of them go there. ``marked_text``, ``margin``
and ``front`` are pure functions from a brief to HTML, ``anchors`` ties the first two together;
``opening``, ``analysis`` and ``desk`` are the Streamlit side. Looks are in ``desk.css``.
"""
