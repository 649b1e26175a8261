package import CTStore

/// What the digest's figures are kept by.
package enum Figures {
  /// For who opens the store.
  package static var projections: [any Projection] {
    [FinanceProjection(), CIProjection(), FunctionErrorsProjection(), RunsProjection()]
  }
}
