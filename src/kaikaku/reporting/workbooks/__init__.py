"""The rules of a workbook that comes back, without a database: cells → rows → changes → what becomes of them.

values      what is written into a cell, and when two cells say the same
reading     a workbook as stored → rows found by their codes, wherever they stand
placing     rows → the changes of each section's sheet since its workbook was made
merging     a change and what the sheet says now → taken, the same already, or to be chosen
"""
