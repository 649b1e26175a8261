// Made from spec/openapi/document.yaml when it is built.
