internal import CTJSON

/// The JSON text that a value is written to, as it is being written. It sets the commas.
public struct JSONOutput: ~Copyable {
  public private(set) var bytes: [UInt8] = []
  /// Who reads this: properties for other roles (`x-ct-roles`) are left out.
  public let audience: Audience
  private var needsComma = false

  public init(audience: Audience = .everyone, reserving capacity: Int = 256) {
    self.audience = audience
    bytes.reserveCapacity(capacity)
  }

  /// Whether `readOnly` properties are left out.
  public var isRequest: Bool { audience == .server }

  /// Whether `writeOnly` properties are left out.
  public var isResponse: Bool { audience != .everyone && audience != .server }

  public consuming func finish() -> [UInt8] { bytes }

  public mutating func beginObject() { open(UInt8(ascii: "{")) }
  public mutating func endObject() { close(UInt8(ascii: "}")) }
  public mutating func beginArray() { open(UInt8(ascii: "[")) }
  public mutating func endArray() { close(UInt8(ascii: "]")) }

  /// The name of the next member, which has to be free of what JSON escapes.
  public mutating func name(_ name: StaticString) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    bytes.append(contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  /// The name of the next member, whatever it consists of.
  public mutating func name(_ name: String) {
    string(name)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  public mutating func string(_ value: String) {
    separate()
    JSONWriter.append(string: value, to: &bytes)
  }

  /// Text that is JSON already.
  public mutating func raw(_ json: some Collection<UInt8>) {
    separate()
    bytes.append(contentsOf: json)
  }

  public mutating func null() { raw("null".utf8) }

  private mutating func open(_ byte: UInt8) {
    separate()
    bytes.append(byte)
    needsComma = false
  }

  private mutating func close(_ byte: UInt8) {
    bytes.append(byte)
    needsComma = true
  }

  @inline(__always)
  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = true
  }
}

/// The role of the reader of a response, for properties that not everybody may see.
public enum Audience: Sendable, Hashable {
  /// No limits: what is stored.
  case everyone
  /// The server, which gets what a client sends.
  case server
  /// A caller without a token.
  case anonymous
  case role(String)

  /// Whether a property with these `x-ct-roles` is for this reader.
  public func mayRead(_ roles: [String]) -> Bool {
    switch self {
    case .everyone, .server: true
    case .anonymous: false
    case .role(let role): roles.contains(role)
    }
  }
}
