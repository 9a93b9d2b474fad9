"""The app: filter, compare, chart and export the reported statistics of regions. The pure modules know no Streamlit."""
