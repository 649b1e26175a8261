import CTArtifacts
import CTCrypto
import CTJSON
import Testing

@Suite struct ArtifactLinksTests {
  private let links = ArtifactLinks(key: HMACKey("a key of the store".utf8))
  private let export = name("exports/2025-09-27/events.jsonl.gz")

  private func failure(_ ticket: String, at now: Timestamp = noon) -> ArtifactLinks.Failure? {
    do throws(ArtifactLinks.Failure) {
      _ = try links.name(in: ticket, at: now)
      return nil
    } catch {
      return error
    }
  }

  private func later(_ seconds: Int64) -> Timestamp { Timestamp(microseconds: noon.microseconds + seconds * 1_000_000) }

  @Test func aTicketNamesItsArtifactUntilItExpires() throws {
    let ticket = links.ticket(for: export, expires: later(60))
    #expect(try links.name(in: ticket, at: noon) == export)
    #expect(try links.name(in: ticket, at: later(59)) == export)
    #expect(failure(ticket, at: later(60)) == .expired(name: export))
    #expect(ticket.utf8.allSatisfy { urlSafe.contains($0) })
  }

  @Test func whateverIsChangedMakesItNoTicket() throws {
    let ticket = Array(links.ticket(for: export, expires: later(60)).utf8)
    for index in ticket.indices {
      var changed = ticket
      changed[index] = changed[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
      #expect(failure(String(decoding: changed, as: UTF8.self)) == .invalid, "byte \(index)")
    }
    for count in 0..<ticket.count {
      #expect(failure(String(decoding: ticket.prefix(count), as: UTF8.self)) == .invalid)
    }
  }

  @Test func aTicketOfAnotherTowerIsNone() {
    let other = ArtifactLinks(key: HMACKey("another key".utf8))
    #expect(failure(other.ticket(for: export, expires: later(60))) == .invalid)
  }
}

private let urlSafe = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
