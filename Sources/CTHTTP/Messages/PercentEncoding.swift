/// Percent-encoding (RFC 3986, section 2.1), strict.
public enum PercentEncoding {
  /// Replaces every `%XX` by its octet. Nil when a `%` is not followed by two hexadecimal digits.
  public static func decode(_ encoded: some Collection<UInt8>) -> [UInt8]? {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(encoded.count)
    var octets = encoded.makeIterator()
    while let octet = octets.next() {
      guard octet == Octet.percent else {
        decoded.append(octet)
        continue
      }
      guard let high = octets.next().flatMap(Octet.hexValue), let low = octets.next().flatMap(Octet.hexValue) else {
        return nil
      }
      decoded.append(high << 4 | low)
    }
    return decoded
  }

  /// Encodes everything that is not `unreserved` (RFC 3986, section 2.3).
  public static func encode(_ text: some Collection<UInt8>) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var encoded: [UInt8] = []
    for octet in text {
      if OctetSet.unreserved.contains(octet) {
        encoded.append(octet)
      } else {
        encoded += [Octet.percent, digits[Int(octet >> 4)], digits[Int(octet & 15)]]
      }
    }
    return String(decoding: encoded, as: UTF8.self)
  }
}
