// Everything in this module is made from spec/openapi/library.yaml when it is built.
