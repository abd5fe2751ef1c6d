"""The charts of the quality report and the dashboard: `drawing.plot_svg` draws every kind of plot."""
