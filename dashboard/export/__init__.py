"""Comparisons → bytes, without Streamlit: pictures, Office files, a web page, data; ``formats`` lists them all."""
