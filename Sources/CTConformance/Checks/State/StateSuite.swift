/// Chains of requests that follow from the spec: what was sent is found again, page by page and in streams; what was
/// started comes to its end.
package enum StateSuite {
  package static let checks: [Check] = [
    StateFilters.filters, StatePaging.pages, StatePaging.inserts, StateStream.follows, StateLists.lists,
    StateLists.items, StateRuns.follow,
  ]
}
