"""Networks, their members and meetings, and who took part."""
