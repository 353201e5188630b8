"""A frozen proposal as files: PDF, workbook, text document. Each is made from the customer's part alone."""
