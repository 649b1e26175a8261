internal import CTSpec

/// All rules, in the order of the documentation.
package enum LintRules {
  package static let all: [LintRule] = [
    .operationIDCase, .operationSummary, .operationDescription, .operationTagged, .tagDeclared, .tagUnused,
    .successDocumented, .securityErrorsDocumented, .parameterErrorsDocumented, .bodyErrorsDocumented,
    .errorProblemJSON, .retryAfterDocumented, .wwwAuthenticateDocumented, .pathKebabCase, .parameterNameCase,
    .parameterDescription, .schemaDescription, .propertyNameCase, .propertyDescription, .descriptionSentence,
    .unusedComponent, .unusedDefinition, .exampleValid, .numberBounds, .stringMaxLength, .arrayMaxItems,
    .boundsPossible, .requiredDeclared, .requiredWithDefault, .responseObjectClosed, .discriminatorMapping,
    .personalDataRedacted,
  ]
}
