"""HTML to PDF, QR codes, and the signature of a receipt."""
