"""Charts and tables → bytes, without Streamlit: pictures (SVG by hand, PNG through a browser) and data."""
