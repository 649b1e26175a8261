import Testing

@Suite struct OpenAPIFaultTests {
  static let ok = "responses: {'200': {description: Fine}}"

  /// What stands under `paths:` (from line 4 on), and the faults without the file's name.
  static let paths: [(String, [String])] = [
    ("  /a: {get: {operationId: a, \(ok)}}", []),
    ("  /a: {get: {\(ok)}}", ["4:8: error: this operation needs an 'operationId'"]),
    (
      "  /a: {get: {operationId: a, \(ok)}, put: {operationId: a, \(ok)}}",
      ["4:91: error: the operationId 'a' is already taken at api.yaml:4"]
    ),
    ("  a: {}", ["4:3: error: a path must begin with '/'; write '/a'"]),
    ("  /a/{b}c: {}", ["4:3: error: a parameter must be a whole segment of the path, as in '/events/{id}'"]),
    ("  /a b: {}", ["4:3: error: 'a b' has characters that a path cannot have (RFC 3986, section 3.3)"]),
    ("  /a/{b}: {}\n  /a/{c}: {}", ["5:3: error: this is the same path as the one on line 4"]),
    (
      "  /\(String(repeating: "a/", count: 64)){b}: {}",
      ["4:3: error: a path with parameters has 64 segments at most here; this one has 65"]
    ),
    ("  /a/{b}/{b}: {}", ["4:3: error: the parameter '{b}' stands twice in this path"]),
    ("  /a: {gett: {}}", ["4:8: error: 'gett' is no field of a path item; did you mean 'get'?"]),
    (
      "  /a: {get: {operationId: a, operationid: b, \(ok)}}",
      ["4:30: error: 'operationid' is no field of an operation; did you mean 'operationId'?"]
    ),
    ("  /a/{b}: {get: {operationId: a, \(ok)}}", ["4:12: error: the parameter '{b}' of '/a/{b}' is not declared"]),
    (
      "  /a:\n    get:\n      operationId: a\n      \(ok)\n      parameters:\n      - {name: b, in: path, required: true, schema: true}",
      ["9:9: error: the path parameter 'b' does not stand in '/a'"]
    ),
    (
      "  /a/{b}:\n    parameters:\n    - {name: b, in: path, schema: true}\n    get: {operationId: a, \(ok)}",
      ["6:7: error: the path parameter 'b' needs 'required: true'"]
    ),
    (
      "  /a:\n    parameters:\n    - {name: b, in: qurey, schema: true}",
      ["6:21: error: 'in' must be one of path, query, header, cookie, not 'qurey'; did you mean 'query'?"]
    ),
    ("  /a:\n    parameters:\n    - {name: b, in: query}", ["6:7: error: this parameter needs 'schema'"]),
    (
      "  /a:\n    parameters:\n    - {name: b, in: query, style: simple, schema: true}",
      [
        "6:35: error: the style 'simple' is not for query parameters; write one of form, spaceDelimited, pipeDelimited, deepObject"
      ]
    ),
    (
      "  /a:\n    parameters:\n    - {name: b, in: query, schema: true}\n    - {name: b, in: query, schema: true}",
      ["7:7: error: the query parameter 'b' is listed twice"]
    ),
    (
      "  /a:\n    parameters:\n    - {name: Accept, in: header, schema: true}",
      ["6:14: error: 'Accept' cannot be a header parameter; say it with 'content' or 'security'"]
    ),
    (
      "  /a:\n    parameters:\n    - {name: b, in: query, schema: true, example: 1, examples: {x: {value: 1}}}",
      ["6:54: error: 'example' and 'examples' exclude each other; keep one of them"]
    ),
    ("  /a: {get: {operationId: a}}", ["4:13: error: this operation needs 'responses'"]),
    ("  /a: {get: {operationId: a, responses: {200: {}}}}", ["4:47: error: this response needs 'description'"]),
    (
      "  /a: {get: {operationId: a, responses: {ok: {description: x}}}}",
      ["4:42: error: 'ok' is no status; write a code such as '404', a range such as '4XX', or 'default'"]
    ),
    (
      "  /a: {get: {operationId: a, responses: {'204': {description: x, content: {a/b: {}}}}}}",
      ["4:76: error: a response of this status has no body (RFC 9110)"]
    ),
    (
      "  /a: {get: {operationId: a, requestBody: {content: {a/b: {}}}, \(ok)}}",
      ["4:30: error: a GET request has no body (RFC 9110, section 9.3)"]
    ),
    ("  /a: {post: {operationId: a, requestBody: {}, \(ok)}}", ["4:44: error: this request body needs 'content'"]),
    (
      "  /a: {post: {operationId: a, requestBody: {content: {json: {}}}, \(ok)}}",
      ["4:55: error: 'json' is no media type such as application/json"]
    ),
    (
      "  /a: {get: {operationId: a, callbacks: {}, \(ok)}}",
      ["4:30: error: 'callbacks' of an operation cannot be enforced; remove it"]
    ),
    (
      "  /a: {get: {operationId: a, security: [{beerer: []}], \(ok)}}",
      ["4:42: error: there is no security scheme 'beerer' in components/securitySchemes; did you mean 'bearer'?"]
    ),
    (
      "  /a: {get: {operationId: a, security: [{bearer: owner}], \(ok)}}",
      ["4:50: error: 'bearer' must be an array of strings, not a string"]
    ),
    (
      "  /a: {get: {operationId: a, x-ct-thing: 1, x-other: 1, \(ok)}}",
      ["4:30: error: 'x-ct-thing' is no extension of an operation"]
    ),
    (
      "  /a: {get: {operationId: a, responses: {'200': {$ref: '#/components/responses/Nope'}}}}",
      ["4:56: error: '#/components/responses/Nope' names nothing in 'api.yaml'"]
    ),
    (
      "  /a: {get: {operationId: a, responses: {'200': {$ref: '#/components/responses/Loop'}}}}",
      ["4:56: error: '#/components/responses/Loop' names nothing in 'api.yaml'"]
    ),
    (
      "  /a: {$ref: '#/paths/~1b'}\n  /b: {$ref: '#/paths/~1a'}",
      ["4:8: error: this '$ref' leads back to itself", "5:8: error: this '$ref' leads back to itself"]
    ),
    ("  /a: []", ["4:7: error: a path item must be an object, not an array"]),
  ]

  @Test(arguments: paths)
  func path(_ text: String, _ expected: [String]) {
    let files = api(paths: text, components: "components: {securitySchemes: {bearer: {type: http, scheme: bearer}}}")
    #expect(faults(files) == expected.map { "api.yaml:" + $0 }, "\(text)")
  }

  /// A whole file, and its faults.
  static let documents: [(String, [String])] = [
    (
      "{}",
      [
        "1:1: error: this OpenAPI description needs 'info'", "1:1: error: this OpenAPI description needs 'openapi'",
        "1:1: error: this OpenAPI description needs 'paths' or 'components'",
      ]
    ),
    ("[]", ["1:1: error: an OpenAPI description must be an object, not an array"]),
    (
      "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}",
      ["1:10: error: OpenAPI 3.0.3 is not read here: only 3.1 is"]
    ),
    (
      "openapi: 3.1\ninfo: {title: T, version: 1.0}\npaths: {}",
      [
        "1:10: error: 'openapi' must be a string, not a number; put it in quotation marks: '3.1'",
        "2:27: error: 'version' must be a string, not a number; put it in quotation marks: '1.0'",
      ]
    ),
    (
      "openapi: 3.1.0\ninfo: {title: T, version: '1'}\nwebhooks: {}",
      ["3:1: error: 'webhooks' of an OpenAPI description cannot be enforced; remove it"]
    ),
    (
      "openapi: 3.1.0\ninfo: {title: T, version: '1'}\ncomponents: {securitySchemes: {a: {type: oauth2}}}",
      ["3:42: error: security of type 'oauth2' cannot be enforced; write 'http' or 'apiKey'"]
    ),
    (
      "openapi: 3.1.0\ninfo: {title: T, version: '1'}\ncomponents: {securitySchemes: {a: {type: http, scheme: Digest}}}",
      ["3:56: error: the HTTP scheme 'digest' cannot be enforced"]
    ),
    (
      "openapi: 3.1.0\ninfo: {title: T, version: '1'}\ncomponents: {securitySchemes: {a: {type: apiKey, in: header, name: S, x-ct-hmac: {algorithm: md5, over: body, prefx: x}}}}",
      [
        "3:94: error: 'algorithm' must be one of sha256, not 'md5'",
        "3:111: error: 'prefx' is no field of a signature rule; did you mean 'prefix'?",
      ]
    ),
    (
      "openapi: 3.1.0\ninfo: {title: T, version: '1'}\ncomponents: {responses: {Unused: {descripton: x}}}",
      [
        "3:34: error: this response needs 'description'",
        "3:35: error: 'descripton' is no field of a response; did you mean 'description'?",
      ]
    ),
    (
      "openapi: 3.1.0\ninfo: {title: T, version: '1'}\ncomponents: {schemas: {'a b': {type: int}}}",
      [
        "3:24: error: 'a b' must consist of letters, digits, '.', '-' and '_' (OpenAPI 3.1, section 4.8.7.1)",
        "3:38: error: 'int' is no type; did you mean 'integer'?",
      ]
    ),
  ]

  @Test(arguments: documents)
  func document(_ text: String, _ expected: [String]) {
    #expect(faults(["api.yaml": text]) == expected.map { "api.yaml:" + $0 }, "\(text)")
  }

  /// What stands in a description from line 3 on, and the faults without the file's name.
  static let metadata: [(String, [String])] = [
    (
      "info: {title: T, version: '1', contact: {name: N, url: https://a.example, email: a@b.example, x-a: 1}}\npaths: {}",
      []
    ),
    (
      "info: {title: T, version: '1', contact: N}\npaths: {}",
      ["3:41: error: a contact must be an object, not a string"]
    ),
    (
      "info: {title: T, version: '1', contact: {nme: N, email: nobody, x-ct-a: 1}}\npaths: {}",
      [
        "3:42: error: 'nme' is no field of a contact; did you mean 'name'?",
        "3:57: error: 'nobody' is no email",
        "3:65: error: 'x-ct-a' is no extension of a contact",
      ]
    ),
    (
      "info: {title: T, version: '1', license: {url: https://a.example, identifier: MIT}}\npaths: {}",
      [
        "3:41: error: this license needs 'name'",
        "3:42: error: 'identifier' and 'url' exclude each other; keep one of them",
      ]
    ),
    (
      "info: {title: T, version: '1', termsOfService: [1]}\npaths: {}",
      ["3:48: error: 'termsOfService' must be a string, not an array"]
    ),
    (
      "info: {title: T, version: '1'}\nexternalDocs: {description: D, url: 'a b'}\npaths: {}",
      ["4:37: error: 'a b' is no uri-reference"]
    ),
    (
      "info: {title: T, version: '1'}\ntags: [{name: a, externalDocs: 1}, {name: a}]\npaths: {}",
      [
        "4:32: error: an external documentation object must be an object, not a number",
        "4:36: error: the tag 'a' is listed twice",
      ]
    ),
    (
      "info: {title: T, version: '1'}\npaths: {/a: {get: {operationId: a, externalDocs: {}, \(ok)}}}",
      ["4:50: error: this external documentation object needs 'url'"]
    ),
    (
      "info: {title: T, version: '1'}\ncomponents: {schemas: {A: {externalDocs: {url: x, uri: x}}}}",
      ["4:51: error: 'uri' is no field of an external documentation object; did you mean 'url'?"]
    ),
    ("info: {title: T, version: '1'}", ["2:1: error: this OpenAPI description needs 'paths' or 'components'"]),
    (
      "info: {title: T, version: '1'}\nservers: [{url: 'https://{h}.example'}]\npaths: {}",
      ["4:17: error: the variable '{h}' of a server is not declared, and could not be enforced; write the URL out"]
    ),
    (
      "info: {title: T, version: '1'}\nservers: [{url: 'https://{h}.example', variables: {h: {default: a}}}]\npaths: {}",
      ["4:40: error: 'variables' of a server cannot be enforced; remove it"]
    ),
    (
      "info: {title: T, version: '1'}\ncomponents:\n  pathItems:\n    p: {gett: {}}\n    q: {get: {operationId: a, parameters: [{name: i, in: path, required: true, schema: {type: int}}], \(ok)}}\n    r: []",
      [
        "6:9: error: 'gett' is no field of a path item; did you mean 'get'?",
        "7:95: error: 'int' is no type; did you mean 'integer'?",
        "8:8: error: a path item must be an object, not an array",
      ]
    ),
    (
      "info: {title: T, version: '1'}\npaths: {/a: {$ref: '#/components/pathItems/p'}}\ncomponents: {pathItems: {p: {get: {operationId: a, \(ok)}}}}",
      []
    ),
  ]

  @Test(arguments: metadata)
  func `nothing is left unread`(_ text: String, _ expected: [String]) {
    #expect(faults(["api.yaml": "\nopenapi: 3.1.0\n" + text]) == expected.map { "api.yaml:" + $0 }, "\(text)")
  }

  private static let notAToken =
    "cannot be the name of a header: it must consist of letters, digits and !#$%&'*+-.^_`|~"

  static let names: [(String, [String])] = [
    (
      "  /a:\n    parameters:\n    - {name: '', in: query, schema: true}",
      ["6:14: error: the name of a parameter must not be empty"]
    ),
    (
      "  /a:\n    parameters:\n    - {name: 'X Y', in: header, schema: true}\n    - {name: X-Y~1, in: header, schema: true}",
      ["6:14: error: 'X Y' \(notAToken)"]
    ),
    (
      "  /a: {get: {operationId: a, responses: {'200': {description: d, headers: {X-A: {schema: true}, x-a: {schema: true}, 'é:': {schema: true}}}}}}",
      ["4:97: error: the header 'x-a' stands here twice", "4:118: error: 'é:' \(notAToken)"]
    ),
  ]

  @Test(arguments: names)
  func `names are such as messages can have`(_ text: String, _ expected: [String]) {
    #expect(faults(api(paths: text)) == expected.map { "api.yaml:" + $0 }, "\(text)")
  }

  @Test func `the header of an API key has a name such as messages can have`() {
    let scheme = "{type: apiKey, in: header, name: 'X Key'}"
    #expect(
      faults(api(paths: "  {}", components: "components: {securitySchemes: {k: \(scheme)}}"))
        == ["api.yaml:5:68: error: 'X Key' \(Self.notAToken)"])
    let nameless = "{type: apiKey, in: query, name: ''}"
    #expect(
      faults(api(paths: "  {}", components: "components: {securitySchemes: {k: \(nameless)}}"))
        == ["api.yaml:5:67: error: the name of an API key must not be empty"])
  }
}
