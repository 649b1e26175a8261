internal import CTSpec
internal import Synchronization

/// What all checks of a run share.
package final class RunSession: Sendable {
  package let deployment: Deployment
  package let spec: SpecCatalog
  package let credentials: Credentials
  package let runID: RunID
  package let settings: RunSettings
  private let events: AsyncStream<RunEvent>.Continuation
  private let ledger = Mutex(FindingLedger())
  private let notes = Mutex<[String: String]>([:])

  package init(
    deployment: Deployment, spec: SpecCatalog, credentials: Credentials, runID: RunID, settings: RunSettings,
    events: AsyncStream<RunEvent>.Continuation
  ) {
    self.deployment = deployment
    self.spec = spec
    self.credentials = credentials
    self.runID = runID
    self.settings = settings
    self.events = events
  }

  package func emit(_ event: RunEvent) { events.yield(event) }

  /// Enters a finding, and tells.
  func report(_ finding: Finding) {
    let isNew = ledger.withLock { $0.add(finding) }
    emit(.found(finding, isNew: isNew))
  }

  var findings: [FindingLedger.Entry] { ledger.withLock { $0.entries } }

  /// What a later check needs to know of an earlier one.
  package subscript(note name: String) -> String? {
    get { notes.withLock { $0[name] } }
    set { notes.withLock { $0[name] = newValue } }
  }

  var reproduction: Reproduction {
    Reproduction(url: deployment.text, signature: spec.signature.map { ($0.header, $0.rule.prefix) })
  }

  func describe(_ check: Check) -> CheckDescription {
    CheckDescription(
      id: check.id, suite: check.suite, severity: check.severity, title: check.title, expectation: check.expectation,
      clause: spec.reference(check.clause))
  }
}

/// How a run is carried out.
package struct RunSettings: Sendable {
  /// Nothing is sent that the deployment keeps.
  package var readOnly = false
  /// How long to wait for what a deployment may do a little later.
  package var patience = Duration.seconds(5)
  /// The run's name was chosen by somebody, who may have chosen it before.
  package var isNamed = false

  package init() {}
}
