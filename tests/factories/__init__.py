"""Small valid records of the fictional country Orvenia (QOR), one file per noun. They go through the actions."""
