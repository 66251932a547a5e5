"""Liberation Serif 2.1.5 (SIL Open Font License 1.1): the widths of Times New Roman, with every Vietnamese letter."""
