"""The core: values, entities and rules that know nothing of the outside."""
