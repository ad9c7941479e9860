"""From YAML files to a knowledge base, with every fault told in the editors' language."""
