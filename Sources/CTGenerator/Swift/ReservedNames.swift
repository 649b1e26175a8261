/// Names that mean something else where generated code stands: a spec may call its things so, Swift has to call them
/// otherwise. A test holds the list of types against all that generated code mentions.
enum ReservedNames {
  /// Types of Swift and of the runtime that generated code uses, and of generated code itself.
  static let types: Set<String> = [
    // Swift
    "Any", "Array", "Bool", "CaseIterable", "Character", "Dictionary", "Double", "Error", "Hashable", "Int", "Never",
    "Optional", "Protocol", "Range", "Result", "Self", "Sendable", "Set", "StaticString", "String", "Swift", "Task",
    "Type", "UInt8", "Void",
    // CTJSON
    "CTJSON", "JSONNameTable", "JSONNumber", "JSONReader", "JSONText", "JSONValue", "KnownMembers", "OrdinalSet",
    "Timestamp",
    // CTRuntime
    "APIClient", "APIEnvironment", "APIHandler", "Audience", "BodyDigest", "CTRuntime", "ClientError", "ClientRequest",
    "ClientResponse", "CompiledPattern", "EvaluatedPlaces", "HealthSignal", "Indirect", "JSONDecodable",
    "JSONEncodable", "JSONOutput", "Nullable", "NumberBound", "NumberDivisor", "OperationDescriptor",
    "ParameterCoding",
    "ParameterReader", "Principal", "ProblemDetails", "RawJSON", "RedactionNote", "RequestContext", "ResponseContract",
    "ResponseFields", "ResponseStream", "Router", "ServerResponse", "SignatureRule", "UniqueItems", "ValidationContext",
    // Generated
    "Body", "Input", "Output", "Redacted", "ResponseMediaType", "SchemaChecks", "SchemaConstants", "SpecDocument",
  ]

  /// Members that every struct has.
  static let properties: Set<String> = ["hashValue"]

  /// Static members that every `enum` of strings has.
  static let cases: Set<String> = ["allCases", "casesInOrder"]

  /// What an `Input` has besides its parameters, and what the client's method for it uses.
  static let parameters: Set<String> = [
    "accepting", "body", "bodyDigest", "caller", "redactions", "request", "responseMediaType", "sealedBody",
  ]

  /// What a response has besides its headers.
  static let headers: Set<String> = ["body"]

  /// What a server and a client have besides their operations.
  static let operations: Set<String> = ["client", "operations"]
}
