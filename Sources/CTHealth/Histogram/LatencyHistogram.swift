/// How long things took, as counts in bins that grow with the value: every quantile is at most 1 % away from the exact
/// one, histograms of parts add up to that of the whole, and the size does not depend on how much was counted.
///
///     var minute = LatencyHistogram()
///     minute.record(250_000)  // microseconds
///     day.add(minute)
///     day.quantile(0.95)
package struct LatencyHistogram: Sendable, Hashable {
  struct Bin: Sendable, Hashable {
    let index: UInt16
    var count: UInt32
  }

  /// By index; none is empty.
  private(set) var bins: [Bin] = []
  /// How many values were recorded.
  package private(set) var count = 0

  package init() {}

  /// At most this far is a quantile from the exact one, as a part of it.
  package static var relativeError: Double { LatencyScale.relativeError }

  package var isEmpty: Bool { count == 0 }

  /// Counts one value in microseconds; a negative one as zero.
  package mutating func record(_ microseconds: Int64) { add(1, to: UInt16(LatencyScale.bin(of: microseconds))) }

  package mutating func add(_ other: LatencyHistogram) {
    for bin in other.bins { add(bin.count, to: bin.index) }
  }

  /// Takes away what was added before.
  package mutating func subtract(_ other: LatencyHistogram) {
    for bin in other.bins {
      let place = place(of: bin.index)
      precondition(bins.indices.contains(place) && bins[place].index == bin.index, "subtracts what was never added")
      bins[place].count -= bin.count
      count -= Int(bin.count)
      if bins[place].count == 0 { bins.remove(at: place) }
    }
  }

  /// The value, in microseconds, at or below which the part `q` (0 to 1) of all values lies, by the nearest rank; `nil`
  /// when nothing was recorded.
  package func quantile(_ q: Double) -> Double? {
    guard count > 0 else { return nil }
    var rest = min(count, max(1, Int((q * Double(count)).rounded(.up))))
    for bin in bins {
      rest -= Int(bin.count)
      if rest <= 0 { return LatencyScale.value(ofBin: bin.index) }
    }
    return bins.last.map { LatencyScale.value(ofBin: $0.index) }
  }

  /// How many values were above one in microseconds; those within 1 % of it may be counted on either side.
  package func count(above limit: Int64) -> Int {
    let bin = LatencyScale.bin(of: limit)
    return bins.reduce(0) { $0 + (Int($1.index) > bin ? Int($1.count) : 0) }
  }

  /// How many values were at or below a bound, for cumulative buckets; within 1 % of it on either side.
  package func count(upTo limit: Int64) -> Int { count - count(above: limit) }

  /// About the sum of all values, in microseconds, to 1 %.
  package var sum: Double { bins.reduce(0) { $0 + LatencyScale.value(ofBin: $1.index) * Double($1.count) } }

  @inline(__always)
  private mutating func add(_ number: UInt32, to index: UInt16) {
    count += Int(number)
    let place = place(of: index)
    if place < bins.count, bins[place].index == index {
      bins[place].count += number
    } else {
      bins.insert(Bin(index: index, count: number), at: place)
    }
  }

  /// Where the bin is, or belongs.
  private func place(of index: UInt16) -> Int {
    var low = 0
    var high = bins.count
    while low < high {
      let middle = (low + high) / 2
      if bins[middle].index < index { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension LatencyHistogram {
  /// The bins as pairs of numbers of 7 bits a byte: the distance to the index before, and the count.
  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    var last: UInt16 = 0
    for bin in bins {
      Self.append(UInt32(bin.index - last), to: &bytes)
      Self.append(bin.count, to: &bytes)
      last = bin.index
    }
    return bytes
  }

  /// Reads ``bytes`` back; `nil` for anything else.
  package init?(bytes: [UInt8]) {
    var rest = bytes[...]
    var last = 0
    while !rest.isEmpty {
      guard let step = Self.number(&rest), let number = Self.number(&rest), number > 0, step > 0 || bins.isEmpty
      else { return nil }
      last += Int(step)
      guard last <= LatencyScale.lastBin else { return nil }
      bins.append(Bin(index: UInt16(last), count: number))
      count += Int(number)
    }
  }

  private static func append(_ number: UInt32, to bytes: inout [UInt8]) {
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  private static func number(_ bytes: inout ArraySlice<UInt8>) -> UInt32? {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while let byte = bytes.popFirst(), shift < 35 {
      value |= UInt64(byte & 0x7f) << shift
      if byte < 0x80 { return UInt32(exactly: value) }
      shift += 7
    }
    return nil
  }
}
