internal import CTSpec

/// All rules, in the order of the documentation.
package enum DiffRules {
  package static let all: [DiffRule] =
    DiffRule.serverRules + DiffRule.operationRules + DiffRule.parameterRules + DiffRule.bodyRules
    + DiffRule.responseRules
    + DiffRule.headerRules + DiffRule.securityRules + DiffRule.securitySchemeRules + DiffRule.typeRules
    + DiffRule.valueRules + DiffRule.boundRules + DiffRule.textFormRules + DiffRule.propertyRules
    + DiffRule.directionRules + DiffRule.closingRules + DiffRule.variantRules + DiffRule.discriminatorRules
    + DiffRule.constraintRules
    + DiffRule.defaultRules
    + DiffRule.markRules + DiffRule.limitRules
}
