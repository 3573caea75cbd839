"""What handouts costs beside plain ReportLab, measured on this machine: `python -m bench`."""
