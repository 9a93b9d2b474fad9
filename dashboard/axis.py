"""Where values lie on a linear or logarithmic axis, and its ticks."""
