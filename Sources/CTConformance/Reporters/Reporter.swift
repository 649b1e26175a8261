/// A consumer of a run's events.
package protocol Reporter: Sendable {
  mutating func receive(_ event: RunEvent)
}

/// Where text goes: a stream, a file, or a test's memory.
package struct TextOutput: Sendable {
  package let write: @Sendable (String) -> Void

  package init(_ write: @escaping @Sendable (String) -> Void) { self.write = write }
}
