"""What is asked of the installation itself: which version its record has, and whether all is as it was written."""
