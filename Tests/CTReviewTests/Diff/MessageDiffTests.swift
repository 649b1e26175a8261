import Testing

/// Changes of operations, parameters, bodies, answers and headers.
@Suite struct MessageDiffTests {
  static let fine = "responses: {'200': {description: Fine.}}"
  static let json = "application/json: {schema: {type: string}}"

  static let cases: [DiffCase] = [
    servers(
      "servers come and go", "\nservers: [{url: https://a/v1}, {url: https://b/, description: B.}]",
      "\nservers: [{url: https://b, description: The other.}, {url: https://a/v2}]",
      [
        "server-removed 5:11 5:1 the server 'https://a/v1' is no longer there",
        "server-added 5:1 5:54 the server 'https://a/v2' is new",
      ]),
    servers("the server that there is anyway", "", "\nservers: [{url: /}]", []),
    servers(
      "the first server", "", "\nservers: [{url: /v1}]",
      [
        "server-removed 1:1 5:1 the server '/' is no longer there",
        "server-added 1:1 5:11 the server '/v1' is new",
      ]),
    .paths(
      "operations come and go",
      """
        /a: {get: {operationId: a, \(fine)}}
        /b: {get: {operationId: b, deprecated: true, \(fine)}}
      """, "  /c: {get: {operationId: c, \(fine)}}",
      [
        "operation-removed 4:8 3:1 is no longer there",
        "deprecated-operation-removed 5:8 3:1 is no longer there",
        "operation-added 3:1 4:8 is new",
      ]),
    .get(
      "an operation is deprecated and renamed", "\(fine)", "deprecated: true, \(fine)",
      [
        "operation-deprecated 4:8 4:8 is deprecated now"
      ]),
    .paths(
      "an operation has another id", "  /a: {get: {operationId: a, \(fine)}}",
      "  /a: {get: {operationId: b, \(fine)}}",
      [
        "operation-id-changed 4:8 4:8 the operationId 'a' is 'b' now"
      ]),
    .paths(
      "a parameter in the path has another name",
      "  /a/{b}: {get: {operationId: a, parameters: [{name: b, in: path, required: true, schema: {type: string}}], \(fine)}}",
      "  /a/{c}: {get: {operationId: a, parameters: [{name: c, in: path, required: true, schema: {type: string}}], \(fine)}}",
      [
        "path-parameter-renamed 4:12 4:12 the path parameter 'b' is 'c' now"
      ]),
    .get(
      "parameters come and go", "parameters: [{name: a, in: query, schema: {type: string}}], \(fine)",
      """
      parameters: [{name: b, in: query, schema: {type: string}},
            {name: C, in: header, required: true, schema: {type: string}}], \(fine)
      """,
      [
        "parameter-removed 4:43 4:8 the query parameter 'a' is no longer there",
        "parameter-required-added 4:8 5:7 the header parameter 'C' is new, and required",
        "parameter-optional-added 4:8 4:43 the query parameter 'b' is new, and optional",
      ]),
    .get(
      "parameters are required or not",
      """
      parameters: [{name: a, in: query, required: true, schema: {type: string}},
            {name: B, in: header, schema: {type: string}}], \(fine)
      """,
      """
      parameters: [{name: b, in: header, required: true, schema: {type: string}},
            {name: a, in: query, schema: {type: string}}], \(fine)
      """,
      [
        "parameter-became-required 5:7 4:43 the header parameter 'b' is required now",
        "parameter-became-optional 4:43 5:7 the query parameter 'a' may be left out now",
      ]),
    .get(
      "a parameter is written in another way",
      "parameters: [{name: a, in: query, schema: {type: array, items: {type: string}}}], \(fine)",
      "parameters: [{name: a, in: query, explode: false, schema: {type: array, items: {type: string}}}], \(fine)",
      [
        "parameter-style-changed 4:43 4:43 the query parameter 'a' is written in another way"
      ]),
    .get(
      "a parameter without parts is exploded",
      "parameters: [{name: a, in: query, schema: {type: string}}], \(fine)",
      "parameters: [{name: a, in: query, explode: false, schema: {type: string}}], \(fine)", []),
    .get(
      "a parameter has another default",
      "parameters: [{name: a, in: query, schema: {type: integer, default: 1}}], \(fine)",
      "parameters: [{name: a, in: query, schema: {type: integer, default: 2}}], \(fine)",
      [
        "request-default-changed 4:88 4:88 the query parameter 'a': the default was 1 and is 2"
      ]),
    .paths(
      "bodies come and go",
      """
        /a: {post: {operationId: a, requestBody: {content: {\(json)}}, \(fine)}}
        /b: {post: {operationId: b, \(fine)}}
        /c: {post: {operationId: c, \(fine)}}
      """,
      """
        /a: {post: {operationId: a, \(fine)}}
        /b: {post: {operationId: b, requestBody: {content: {\(json)}}, \(fine)}}
        /c: {post: {operationId: c, requestBody: {required: true, content: {\(json)}}, \(fine)}}
      """,
      [
        "request-body-removed 4:44 4:8 takes no body any more",
        "request-body-required-added 6:8 6:44 needs a body now",
        "request-body-optional-added 5:8 5:44 may have a body now",
      ]),
    .paths(
      "bodies are required or not",
      """
        /a: {post: {operationId: a, requestBody: {content: {\(json)}}, \(fine)}}
        /b: {post: {operationId: b, requestBody: {required: true, content: {\(json)}}, \(fine)}}
      """,
      """
        /a: {post: {operationId: a, requestBody: {required: true, content: {\(json)}}, \(fine)}}
        /b: {post: {operationId: b, requestBody: {content: {\(json)}}, \(fine)}}
      """,
      [
        "request-body-became-required 4:44 4:44 the body is required now",
        "request-body-became-optional 5:44 5:44 the body may be left out now",
      ]),
    .paths(
      "media types come and go",
      "  /a: {post: {operationId: a, requestBody: {content: {a/b: {}}}, responses: {'200': {description: F., content: {a/b: {}}}}}}",
      "  /a: {post: {operationId: a, requestBody: {content: {a/c: {}}}, responses: {'200': {description: F., content: {a/c: {}}}}}}",
      [
        "request-media-type-removed 4:55 4:44 a/b is no longer taken",
        "response-media-type-removed 4:113 4:78 a/b of 200 is no longer answered",
        "request-media-type-added 4:44 4:55 a/c is taken too",
        "response-media-type-added 4:78 4:113 200 is answered as a/c too",
      ]),
    .paths(
      "a schema comes",
      "  /a: {post: {operationId: a, requestBody: {content: {a/b: {}}}, responses: {'200': {description: F., content: {a/b: {}}}}}}",
      "  /a: {post: {operationId: a, requestBody: {content: {a/b: {schema: {type: object}}}}, responses: {'200': {description: F., content: {a/b: {schema: {type: object}}}}}}}",
      [
        "request-type-narrowed 4:55 4:70 the body: no longer allowed: null, boolean, array, number, string",
        "response-type-narrowed 4:113 4:150 the body of 200: no longer allowed: null, boolean, array, number, string",
      ]),
    .paths(
      "a schema goes",
      "  /a: {post: {operationId: a, requestBody: {content: {a/b: {schema: {maxLength: 3}}}}, responses: {'200': {description: F., content: {a/b: {schema: {maxLength: 3}}}}}}}",
      "  /a: {post: {operationId: a, requestBody: {content: {a/b: {}}}, responses: {'200': {description: F., content: {a/b: {example: 1}}}}}}",
      [
        "response-bound-loosened 4:150 4:113 the body of 200: 'maxLength' was 3 and is none",
        "request-bound-loosened 4:70 4:55 the body: 'maxLength' was 3 and is none",
      ]),
    .paths(
      "a schema comes that allows anything",
      "  /a: {post: {operationId: a, requestBody: {content: {a/b: {}}}, \(fine)}}",
      "  /a: {post: {operationId: a, requestBody: {content: {a/b: {schema: true}}}, \(fine)}}", []),
    .get(
      "statuses come and go", "responses: {'200': {description: F.}, '404': {description: No.}}",
      "responses: {'202': {description: F.}, '410': {description: No.}}",
      [
        "success-status-removed 4:42 4:8 200 is no longer answered",
        "error-status-removed 4:68 4:8 404 is no longer answered",
        "success-status-added 4:8 4:42 202 is answered too",
        "error-status-added 4:8 4:68 410 is answered too",
      ]),
    .get(
      "headers come and go",
      "responses: {'200': {description: F., headers: {A: {schema: true}, B: {schema: true}, C: {required: true, schema: true}}}}",
      "responses: {'200': {description: F., headers: {D: {schema: true}, b: {required: true, schema: true}, c: {schema: true}}}}",
      [
        "response-header-removed 4:80 4:42 the header 'A' of 200 is gone",
        "response-header-became-optional 4:118 4:134 the header 'C' of 200 may be missing now",
        "response-header-added 4:42 4:80 the header 'D' of 200 is new",
        "response-header-became-required 4:99 4:99 the header 'B' of 200 is always there now",
      ]),
  ]

  static func servers(_ name: String, _ old: String, _ new: String, _ finds: [String]) -> DiffCase {
    DiffCase(name: name, old: api(paths: "  {}\(old)"), new: api(paths: "  {}\(new)"), finds: finds)
  }

  @Test(arguments: cases) func change(_ example: DiffCase) throws { try example.check() }
}
