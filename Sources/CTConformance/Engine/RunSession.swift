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
  private let throttled = Mutex(0)
  private let unanswered = Mutex(0)
  private let planted = Mutex(PlantedValues())
  private let reached = Mutex(Coverage())
  let pace: Pace

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
    pace = Pace(perSecond: settings.rate)
  }

  package func emit(_ event: RunEvent) {
    if case .exchanged(let exchange) = event { reached.withLock { $0.add(exchange) } }
    events.yield(event)
  }

  /// What the run has reached so far.
  var coverage: Coverage { reached.withLock { $0 } }

  /// Enters a finding, and tells.
  func report(_ finding: Finding) {
    let isNew = ledger.withLock { $0.add(finding) }
    emit(.found(finding, isNew: isNew))
  }

  var findings: [FindingLedger.Entry] { ledger.withLock { $0.entries } }

  /// So many requests without an answer in time are enough: thousands more would each be waited for.
  private static let mostUnanswered = 20

  func noteUnanswered() { unanswered.withLock { $0 += 1 } }

  /// Why enough is known, if it is: there is a finding, and the run was told to end with it; or too much is not answered,
  /// which is a finding for each request.
  var end: SkipReason? {
    if settings.isOverAtFinding, ledger.withLock({ $0.isFailing }) {
      return .over("there was a finding, and --fail-fast is set")
    }
    let isEnough = unanswered.withLock { $0 } >= Self.mostUnanswered
    return isEnough ? .over("\(Self.mostUnanswered) requests or more were not answered in time") : nil
  }

  /// What a later check needs to know of an earlier one.
  package subscript(note name: String) -> String? {
    get { notes.withLock { $0[name] } }
    set { notes.withLock { $0[name] = newValue } }
  }

  func noteThrottling() { throttled.withLock { $0 += 1 } }
  var throttlings: Int { throttled.withLock { $0 } }

  /// Personal data that the run has sent, and that no response may show from now on.
  func plant(_ values: [PersonalDatum]) { planted.withLock { $0.add(values) } }
  var plantedValues: PlantedValues { planted.withLock { $0 } }

  var reproduction: Reproduction {
    Reproduction(
      url: deployment.text, signature: spec.signature.map { ($0.header, $0.rule.prefix) }, credentials: credentials)
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
  /// The run ends with its first finding.
  package var isOverAtFinding = false
  /// How long to wait for what a deployment may do a little later.
  package var patience = Duration.seconds(5)
  /// Requests under way at once, where their order does not matter.
  package var concurrency = 8
  /// Requests in a second at most; nil: as many as the deployment takes.
  package var rate: Int?
  /// How long a request that does not arrive is watched until the deployment gives it up.
  package var slowness = Duration.seconds(12)
  /// Not to give it up within that time is a finding, and not only unknown.
  package var isSlownessJudged = false
  /// The run's name was chosen by somebody, who may have chosen it before.
  package var isNamed = false

  package init() {}
}
