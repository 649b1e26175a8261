// Everything else in this module is made at build time by `Plugins/OpenAPIGen`, from the folder that `spec` links to:
// the OpenAPI document `design/openapi/control_tower.yaml` and the schemas `control_tower/schemas/*.schema.json`.
// Nothing in it is written by hand, and nothing of it is committed. To change what it does, change the spec.
