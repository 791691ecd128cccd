"""The pages of members: what waits for a post, reports, what is decided on them."""
