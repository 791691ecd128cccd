"""Acts on the installation as a whole: sealing and publishing its log, erasing words, backing up, restoring."""
