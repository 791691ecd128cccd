"""What is printed: reviews and other papers, made of blocks from frozen views."""
