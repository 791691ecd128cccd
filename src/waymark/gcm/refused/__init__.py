"""The wordings of refusals by what they are about; `gcm/refusals.py` joins them."""
