"""The desk in a browser: ``streamlit run streamlit_app.py``."""

from pathlib import Path

from toolkit.ui import desk

desk.show(samples=Path(__file__).parent / "sample_articles")
