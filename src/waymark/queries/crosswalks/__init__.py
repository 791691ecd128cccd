"""Links between frameworks: suggested, gathered on a sheet."""
