"""How things are drawn: scales, legends, layers, maps and charts. No Streamlit here."""
