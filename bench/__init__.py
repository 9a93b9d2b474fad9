"""The app against the same page in plain Dash and against an empty Streamlit page: ``make bench``. Never asserted."""
