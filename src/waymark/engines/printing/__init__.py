"""One block model in; HTML, PDF and DOCX out."""
