package import CTDigest
package import CTJSON
package import CTStore

/// What a digest says that comes from the payloads of events.
package struct DigestFigures: Sendable {
  package let runs: RunsSection
  package let ci: CISection
  package let errors: FunctionErrorFigures
  package let finance: FinanceSection
}

/// Who has the figures: a store that was opened with ``Figures/projections``.
package protocol FigureSource: Sendable {
  /// The figures for a period, which take account of every event acknowledged before the call.
  func figures(for period: Period, githubLastHeartbeat: Timestamp?) async throws(StoreError) -> DigestFigures
}

extension SQLiteStore: FigureSource {
  package func figures(
    for period: Period, githubLastHeartbeat: Timestamp?
  ) async throws(StoreError) -> DigestFigures {
    try await projected { connection throws(StoreError) in
      DigestFigures(
        runs: try RunsProjection.section(connection, period),
        ci: try CIProjection.section(connection, period, githubLastHeartbeat: githubLastHeartbeat),
        errors: try FunctionErrorsProjection.figures(connection, period),
        finance: try FinanceProjection.section(connection, period))
    }
  }
}
