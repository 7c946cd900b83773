"""What Streamlit is asked for: inputs, addresses, the frame. Options arrive as arguments."""
