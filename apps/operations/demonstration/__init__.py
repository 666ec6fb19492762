"""The demonstration: invented people, providers and cases, made by walking the verbs."""
