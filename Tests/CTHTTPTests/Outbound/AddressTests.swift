import Testing

@testable import CTHTTP

@Suite("Addresses and their ranges")
struct AddressTests {
  private func address(_ text: String) throws -> SocketAddress {
    try #require(SocketAddress(literal: text, port: 443))
  }

  @Test(
    "not on the public Internet",
    arguments: [
      ("0.0.0.0", AddressPurpose.unspecified), ("0.1.2.3", .unspecified), ("10.0.0.1", .private),
      ("10.255.255.255", .private), ("100.64.0.1", .sharedSpace), ("100.127.255.255", .sharedSpace),
      ("127.0.0.1", .loopback), ("127.255.255.254", .loopback), ("169.254.0.1", .linkLocal),
      ("169.254.169.254", .metadata), ("168.63.129.16", .metadata), ("100.100.100.200", .metadata),
      ("192.0.0.192", .metadata), ("fd00:ec2::254", .metadata), ("172.16.0.1", .private),
      ("172.31.255.255", .private), ("192.0.0.8", .reserved), ("192.0.2.1", .reserved), ("192.88.99.1", .translated),
      ("192.168.1.1", .private), ("198.18.0.1", .reserved), ("198.19.255.255", .reserved),
      ("198.51.100.7", .reserved), ("203.0.113.9", .reserved), ("224.0.0.1", .multicast),
      ("239.255.255.255", .multicast), ("240.0.0.1", .reserved), ("255.255.255.255", .reserved),
      ("::", .unspecified), ("::1", .loopback), ("::ffff:127.0.0.1", .mapped), ("::ffff:8.8.8.8", .mapped),
      ("::127.0.0.1", .mapped), ("64:ff9b::7f00:1", .translated), ("64:ff9b:1::1", .translated),
      ("2002:7f00:1::", .translated), ("2001:0:1::1", .translated), ("2001:20::1", .reserved),
      ("2001:db8::1", .reserved), ("3fff::1", .reserved), ("fc00::1", .private), ("fdff::1", .private),
      ("fe80::1", .linkLocal), ("febf::1", .linkLocal), ("fec0::1", .private), ("ff02::1", .multicast),
      ("4000::1", .reserved), ("1::1", .reserved), ("5f00::1", .reserved),
    ])
  func special(text: String, purpose: AddressPurpose) throws {
    #expect(AddressPurpose(of: try address(text)) == purpose)
  }

  @Test(
    "on the public Internet, up to the edges of the ranges that are not",
    arguments: [
      "1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0",
      "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.167.255.255", "192.169.0.0",
      "198.17.255.255", "198.20.0.0", "223.255.255.255", "2606:4700:4700::1111", "2a00:1450::1", "2001:4860:4860::8888",
    ])
  func `public`(text: String) throws {
    #expect(AddressPurpose(of: try address(text)) == nil)
  }

  @Test("no address is not public")
  func none() {
    #expect(AddressPurpose(of: .none) == .reserved)
  }

  @Test(
    "a range contains what begins with the same bits",
    arguments: [
      ("10.1.0.0/16", "10.1.255.255", true), ("10.1.0.0/16", "10.2.0.0", false), ("10.1.2.3", "10.1.2.3", true),
      ("10.1.2.3", "10.1.2.4", false), ("0.0.0.0/0", "8.8.8.8", true), ("0.0.0.0/0", "::1", false),
      ("10.1.2.0/23", "10.1.3.255", true), ("10.1.2.0/23", "10.1.4.0", false), ("fd12:3400::/24", "fd12:34ff::1", true),
      ("fd12:3400::/24", "fd12:3500::1", false), ("::1", "::1", true),
    ])
  func contains(range: String, other: String, isInside: Bool) throws {
    #expect(try #require(AddressRange(range)).contains(try address(other)) == isInside)
  }

  @Test(
    "what is no range",
    arguments: [
      "", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/08", "10.0.0.0/", "10.0.0.1/8", "10.0.0/8", "::1/129", "fd12::1/64",
      "host", "10.0.0.0/8/8", "10.0.0.0/+8",
    ])
  func noRange(text: String) {
    #expect(AddressRange(text) == nil)
  }

  @Test("a range is shown as it is written")
  func description() {
    #expect(AddressRange("10.1.0.0/16")?.description == "10.1.0.0/16")
    #expect(AddressRange("::1")?.description == "::1/128")
  }
}
