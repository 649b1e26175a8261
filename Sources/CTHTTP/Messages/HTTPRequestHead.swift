/// The head of a request, checked by the codec: one array with its octets, and where things are in it. A class: it is
/// handed on through many calls.
public final class HTTPRequestHead: Sendable {
  /// The octets as they came, from the request line to the empty line.
  public let bytes: [UInt8]
  public let method: HTTPMethod
  public let version: HTTPVersion
  let ranges: [FieldRange]
  private let targetRange: Range<UInt32>
  private let pathRange: Range<UInt32>
  private let queryRange: Range<UInt32>?

  init(bytes: [UInt8], line: RequestLine, ranges: [FieldRange]) {
    self.bytes = bytes
    self.method = line.method
    self.version = line.version
    self.ranges = ranges
    targetRange = line.target
    pathRange = line.path
    queryRange = line.query
  }

  /// The request target as it came (RFC 9112, section 3.2).
  public var target: ArraySlice<UInt8> { slice(targetRange) }

  /// The path, not percent-decoded; it begins with `/`, or is `*` for `OPTIONS *`.
  public var path: ArraySlice<UInt8> { pathRange.isEmpty ? Self.root : slice(pathRange) }

  /// What follows the first `?`, not percent-decoded; nil without one.
  public var query: ArraySlice<UInt8>? { queryRange.map(slice) }

  /// The first value of the field of that name, whatever the case, without the white space around it.
  public func value(of name: String) -> ArraySlice<UInt8>? {
    FieldTable.firstIndex(of: name, in: bytes, ranges).map { bytes[ranges[$0].value] }
  }

  /// The value of a field that is there exactly once; `nil` where it is missing or repeated.
  public func onlyValue(of name: String) -> ArraySlice<UInt8>? {
    guard let first = FieldTable.firstIndex(of: name, in: bytes, ranges),
      FieldTable.firstIndex(of: name, in: bytes, ranges, from: first + 1) == nil
    else { return nil }
    return bytes[ranges[first].value]
  }

  /// All values of that name, in order.
  public func values(of name: String) -> [ArraySlice<UInt8>] {
    var found: [ArraySlice<UInt8>] = []
    var next = 0
    while let index = FieldTable.firstIndex(of: name, in: bytes, ranges, from: next) {
      found.append(bytes[ranges[index].value])
      next = index + 1
    }
    return found
  }

  /// All fields, in order.
  public var fields: some RandomAccessCollection<(name: ArraySlice<UInt8>, value: ArraySlice<UInt8>)> {
    ranges.lazy.map { [bytes] in (name: bytes[$0.name], value: bytes[$0.value]) }
  }

  private func slice(_ range: Range<UInt32>) -> ArraySlice<UInt8> {
    bytes[Int(range.lowerBound)..<Int(range.upperBound)]
  }

  /// `http://host` without a path means `/` (RFC 9110, section 4.2.3).
  private static let root: ArraySlice<UInt8> = [Octet.slash]
}

extension HTTPRequestHead {
  /// A head made in the process, for routers and tests. It goes through the codec like any other, so it is as strict;
  /// a `Host` of `localhost` is added when there is none.
  public convenience init(method: HTTPMethod, target: String, fields: HTTPFields = [:]) throws(HTTPFault) {
    var wire = Array("\(method.name) \(target) HTTP/1.1\r\n".utf8)
    if fields.value(of: "host") == nil { wire += Array("Host: localhost\r\n".utf8) }
    wire += fields.wire
    wire += [Octet.cr, Octet.lf]
    var head = HeadAccumulator(kind: .request, limits: HTTPLimits())
    var offset = 0
    guard let bytes = try head.take(wire.span, &offset), offset == wire.count, let line = head.requestLine else {
      throw HTTPFault(.malformed, "an empty line inside the head")
    }
    self.init(bytes: bytes, line: line, ranges: head.ranges)
  }
}
