"""What a graded class leaves behind: tables for other systems, reports, a folder of it all."""
