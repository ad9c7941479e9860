"""A knowledge base as a workbook that editors change in Excel, and the way back into their files."""
