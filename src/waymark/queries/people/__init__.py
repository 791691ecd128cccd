"""Persons as readers may know them."""
