"""The shell below the doors with pages: who asks, forms, shapes, headers, refusals. It knows no noun and no act."""
