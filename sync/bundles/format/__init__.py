"""The format of a bundle, as the office and the one-stop side share it: keys, frames, files."""
