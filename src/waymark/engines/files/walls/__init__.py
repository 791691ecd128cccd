"""One wall for everybody's files: a process that has little time, little memory and nothing in reach."""
