"""The vocabulary: objectives, codes, periods, places, scales, language, errors."""
