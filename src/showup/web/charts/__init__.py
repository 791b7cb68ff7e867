"""Where things stand in a drawing: pure geometry. The templates draw it as SVG."""
