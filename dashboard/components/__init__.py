"""Parts of a page that Streamlit has no element for, each a small component of HTML, CSS and JavaScript of its own."""
