// Made from the specification of the tower when it is built.
