internal import CTJSON

/// Which members or elements of a value some keyword has looked at, by their places: what `unevaluatedProperties` and
/// `unevaluatedItems` are about the rest of (JSON Schema core, section 11).
public struct EvaluatedPlaces: Sendable {
  private var places: OrdinalSet = []
  /// A branch failed, so it is not known what was meant: the rest is not judged then.
  public var isUnknown = false

  public init() {}

  public mutating func insert(_ place: Int) { places.insert(place) }

  public func contains(_ place: Int) -> Bool { places.contains(place) }

  public mutating func formUnion(_ other: EvaluatedPlaces) {
    places.formUnion(other.places)
    if other.isUnknown { isUnknown = true }
  }
}
