"""Every change to the record: one function per act."""
