"""Where each figure and sentence is from."""
