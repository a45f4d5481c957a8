"""The later steps of the schema, one module each; `store.schema.STEPS` has their order."""
