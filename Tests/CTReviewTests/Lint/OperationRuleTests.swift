import Testing

/// The rules about operations and their messages: one case each.
@Suite struct OperationRuleTests {
  static let fine = "responses: {'200': {description: Fine.}}"
  static let problem = "content: {application/problem+json: {}}"

  static let cases: [LintCase] = [
    .paths(
      "operation-id-case", "  /a: {get: {operationId: List_all, \(fine)}}",
      ["4:8: error: the operationId 'List_all' is not lowerCamelCase"],
      "  /a: {get: {operationId: listAll, \(fine)}}"),
    .paths(
      "operation-summary",
      """
        /a: {get: {operationId: a, \(fine)}}
        /b: {get: {operationId: b, summary: It ends., \(fine)}}
      """,
      ["4:8: error: GET /a has no 'summary'", "5:8: error: the summary of GET /b ends with a full stop"],
      "  /a: {get: {operationId: a, summary: List everything, \(fine)}}"),
    .paths(
      "operation-description", "  /a: {get: {operationId: a, \(fine)}}", ["4:8: error: GET /a has no 'description'"],
      "  /a: {get: {operationId: a, description: Lists everything., \(fine)}}"),
    .paths(
      "operation-tagged", "  /a: {get: {operationId: a, \(fine)}}", ["4:8: warning: GET /a has no tag"],
      "  /a: {get: {operationId: a, tags: [T], \(fine)}}"),
    .paths(
      "tag-declared", "  /a: {get: {operationId: a, tags: [Evnets], \(fine)}}\ntags: [{name: Events}]",
      [
        "4:8: error: the tag 'Evnets' of GET /a is not declared under 'tags'; did you mean 'Events'?",
        "5:8: error: the tag 'Events' has no description",
      ],
      "  /a: {get: {operationId: a, tags: [Events], \(fine)}}\ntags: [{name: Events, description: All.}]"),
    .paths(
      "tag-unused", "  /a: {get: {operationId: a, \(fine)}}\ntags: [{name: Events}]",
      ["5:8: warning: no operation has the tag 'Events'"],
      "  /a: {get: {operationId: a, tags: [Events], \(fine)}}\ntags: [{name: Events}]"),
    .paths(
      "success-documented", "  /a: {get: {operationId: a, responses: {'404': {description: No.}}}}",
      ["4:8: error: GET /a documents no status below 400"], "  /a: {get: {operationId: a, \(fine)}}"),
    .paths(
      "parameter-errors-documented",
      "  /a: {get: {operationId: a, parameters: [{name: q, in: query, schema: true}], \(fine)}}",
      ["4:8: error: GET /a has parameters and does not document 400"],
      """
        /a:
          get:
            operationId: a
            parameters: [{name: q, in: query, schema: true}]
            responses: {'200': {description: Fine.}, 4XX: {description: No.}}
      """),
    .paths(
      "body-errors-documented",
      "  /a: {post: {operationId: a, requestBody: {content: {application/json: {}}}, \(fine)}}",
      [400, 411, 413, 415, 422].map { "4:8: error: POST /a takes a body and does not document \($0)" },
      """
        /a:
          post:
            operationId: a
            requestBody: {content: {application/json: {}}}
            responses: {'200': {description: Fine.}, default: {description: No.}}
      """),
    .paths(
      "error-problem-json",
      """
        /a:
          get:
            operationId: a
            responses:
              '200': {description: Fine.}
              '404': {description: No., content: {text/plain: {}}}
              '500': {description: No.}
      """,
      [
        "9:9: error: 404 of GET /a is text/plain, not application/problem+json",
        "10:9: error: 500 of GET /a is without a body, not application/problem+json",
      ],
      "  /a: {get: {operationId: a, responses: {'200': {description: Fine.}, '404': {description: No., \(problem)}}}}"),
    .paths(
      "retry-after-documented",
      "  /a: {get: {operationId: a, responses: {'503': {description: Later., \(problem)}}}}",
      ["4:42: warning: 503 of GET /a has no header 'Retry-After'"],
      "  /a: {get: {operationId: a, responses: {'503': {description: Later., headers: {retry-after: {schema: true}}}}}}"
    ),
    .paths(
      "www-authenticate-documented",
      "  /a: {get: {operationId: a, responses: {'401': {description: No., \(problem)}}}}",
      ["4:42: error: 401 of GET /a has no header 'WWW-Authenticate'"],
      "  /a: {get: {operationId: a, responses: {'401': {description: No., headers: {WWW-Authenticate: {schema: true}}}}}}"
    ),
    .paths(
      "path-kebab-case", "  /SignUps/open_ones/: {get: {operationId: a, \(fine)}}",
      [
        "4:3: warning: 'SignUps' in the path '/SignUps/open_ones/' is not kebab-case",
        "4:3: warning: 'open_ones' in the path '/SignUps/open_ones/' is not kebab-case",
        "4:3: warning: the path '/SignUps/open_ones/' ends with a slash",
      ], "  /sign-ups/v2/open.yaml: {get: {operationId: a, \(fine)}}"),
    .paths(
      "parameter-name-case",
      """
        /a:
          parameters:
          - {name: page_size, in: query, schema: true}
          - {name: x-id, in: header, schema: true}
          get: {operationId: a, \(fine)}
          put: {operationId: b, \(fine)}
      """,
      [
        "6:7: warning: the query parameter 'page_size' is not lowerCamelCase",
        "7:7: warning: the header parameter 'x-id' is not written like 'X-Request-Id'",
      ],
      """
        /a:
          parameters: [{name: pageSize, in: query, schema: true}, {name: X-CT-Id2, in: header, schema: true}]
          get: {operationId: a, \(fine)}
      """),
    .paths(
      "parameter-description",
      """
        /a:
          get:
            operationId: a
            parameters: [{name: q, in: query, schema: true}]
            responses: {'200': {description: Fine., headers: {Link: {schema: true}}}}
      """,
      [
        "7:20: error: the query parameter 'q' has no 'description'",
        "8:63: error: the header 'Link' has no 'description'",
      ],
      """
        /a:
          get:
            operationId: a
            parameters: [{name: q, in: query, description: What to find., schema: true}]
            responses: {'200': {description: Fine.}}
      """),
    security,
  ]

  static let security: LintCase = {
    let scheme = "components: {securitySchemes: {bearer: {type: http, scheme: bearer}}}"
    func files(_ security: String, _ responses: String) -> [String: String] {
      api(
        paths: "  /a: {get: {operationId: a, security: \(security), responses: {\(responses)}}}", components: scheme)
    }
    let refusals = "'200': {description: Fine.}, '401': {description: No.}"
    return LintCase(
      rule: "security-errors-documented", bad: files("[{bearer: [owner]}]", "'200': {description: Fine.}"),
      finds: [
        "4:8: error: GET /a asks for credentials and does not document 401",
        "4:8: error: GET /a asks for credentials and does not document 403",
      ], good: files("[{bearer: [owner]}, {}]", refusals))
  }()

  @Test(arguments: cases) func rule(_ example: LintCase) throws { try example.check() }
}
