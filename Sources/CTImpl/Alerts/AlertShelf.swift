internal import CTHTTP
internal import CTHealth
internal import CTJSON
internal import CTRuntime
internal import CTStore

/// Reads alerts from the store: those that fire, and those that are over.
struct AlertShelf {
  let store: any Store

  struct Filter {
    var state: CTHealth.Alert.State?
    var severity: Severity?
    var system: String?
    var rule: String?

    /// What is pending has not fired yet: nobody is shown it.
    func matches(_ alert: CTHealth.Alert) -> Bool {
      alert.state != .pending && (state ?? alert.state) == alert.state && (severity ?? alert.severity) == alert.severity
        && (system ?? alert.systemId) == alert.systemId && (rule ?? alert.rule) == alert.rule
    }

    var collections: [String] {
      switch state {
      case nil: [CTHealth.Alert.openCollection, CTHealth.Alert.closedCollection]
      case .firing, .pending: [CTHealth.Alert.openCollection]
      case .resolved: [CTHealth.Alert.closedCollection]
      }
    }
  }

  /// The alert of an id; a 404 when there is none.
  func find(_ id: String) async throws -> CTHealth.Alert {
    for collection in [CTHealth.Alert.openCollection, CTHealth.Alert.closedCollection] {
      guard let document = try await store.document(DocumentKey(collection, id)) else { continue }
      let alert = try Self.alert(document)
      if alert.state != .pending { return alert }
    }
    throw ProblemDetails(.notFound, "There is no alert with this id.")
  }

  /// Alerts before `id`, newest first, and where the next page starts when there may be more.
  func page(
    _ filter: Filter, before id: String?, limit: Int
  ) async throws(StoreError) -> (alerts: [CTHealth.Alert], next: String?) {
    var alerts: [CTHealth.Alert] = []
    var bound: String?
    for collection in filter.collections {
      let (found, end) = try await scan(collection, filter, before: id, limit: limit + 1)
      alerts += found
      // Behind the place where one scan gave up, the other's alerts have to wait for the next page.
      if let end { bound = max(bound ?? end, end) }
    }
    alerts.sort { $0.id > $1.id }
    if let bound { alerts.removeAll { $0.id < bound } }
    guard alerts.count > limit else { return (alerts, bound) }
    alerts.removeSubrange(limit...)
    return (alerts, alerts.last?.id)
  }

  /// So many documents are looked at in one request, whatever the filter lets through.
  private static let scanLimit = 10_000

  private func scan(
    _ collection: String, _ filter: Filter, before id: String?, limit: Int
  ) async throws(StoreError) -> (alerts: [CTHealth.Alert], end: String?) {
    var alerts: [CTHealth.Alert] = []
    var last = id
    var looked = 0
    while true {
      let documents = try await store.documents(in: collection, after: last, descending: true, limit: 500)
      for document in documents {
        let alert = try Self.alert(document)
        if filter.matches(alert) { alerts.append(alert) }
        if alerts.count == limit { return (alerts, nil) }
      }
      looked += documents.count
      guard documents.count == 500, let end = documents.last?.key.id else { return (alerts, nil) }
      last = end
      if looked >= Self.scanLimit { return (alerts, end) }
    }
  }

  private static func alert(_ document: Document) throws(StoreError) -> CTHealth.Alert {
    guard let json = try? JSONValue(parsing: document.body), let alert = CTHealth.Alert(json: json) else {
      throw StoreError(.corrupt, "the alert \(document.key.id) cannot be read")
    }
    return alert
  }
}
