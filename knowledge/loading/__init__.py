"""From YAML files to a knowledge base; the only place that reads YAML."""
