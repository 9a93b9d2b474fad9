"""One function a page, thin: what stands where. What it says and draws comes from the pure modules."""
