"""Words of seven languages: cut, stemmed, recognised."""
