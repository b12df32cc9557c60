"""Plain rules: values in, values out."""
