import CTHTTP
import Testing

@testable import CTChannels

/// Which answers of a receiver are tried again; the same for all channels over HTTP.
@Suite struct CourierTests {
  private func failure(_ receiver: Receiver) async throws -> DeliveryError {
    try await receiver.run { url in
      try #require(
        await #expect(throws: DeliveryError.self) {
          try await SlackChannel(url: url, courier: localCourier).send(sample())
        })
    }
  }

  @Test(arguments: [200, 201, 202, 204]) func anySuccessIsSuccess(status: Int) async throws {
    let receiver = Receiver(HTTPStatus(status), body: "")
    let words = try await receiver.run { try await SlackChannel(url: $0, courier: localCourier).send(sample()) }
    #expect(words.hasSuffix("answered \(status)") && receiver.requests.count == 1)
  }

  @Test(arguments: [408, 425, 429, 500, 502, 503, 504]) func passing(status: Int) async throws {
    #expect(try await failure(Receiver(HTTPStatus(status))).outlook == .passing())
  }

  @Test(arguments: [429, 503]) func theReceiverSaysWhenToTryAgain(status: Int) async throws {
    let error = try await failure(Receiver(HTTPStatus(status), fields: ["Retry-After": "17"]))
    #expect(error.outlook == .passing(retryAfter: 17))
  }

  @Test(arguments: [400, 401, 403, 404, 405, 410, 413, 422]) func final(status: Int) async throws {
    let error = try await failure(Receiver(HTTPStatus(status), body: "no_service\nreally"))
    #expect(error.isFinal && error.reason.hasSuffix("answered \(status): no_service really"))
  }

  @Test func aRedirectIsNotFollowed() async throws {
    let receiver = Receiver(HTTPStatus(307), fields: ["Location": "http://169.254.169.254/"], body: "")
    #expect(try await failure(receiver).isFinal)
    #expect(receiver.requests.count == 1)
  }

  @Test func aReceiverThatIsAwayIsTriedAgain() async throws {
    // A port that was free a moment ago.
    let url = try await Receiver().run { $0 }
    let error = await #expect(throws: DeliveryError.self) {
      try await SlackChannel(url: url, courier: localCourier).send(sample())
    }
    #expect(error?.outlook == .passing() && error?.reason.contains("cannot connect") == true)
  }

  @Test func aPrivateAddressIsRefusedForGood() async throws {
    let receiver = Receiver()
    let error = try await receiver.run { url in
      await #expect(throws: DeliveryError.self) {
        try await SlackChannel(url: url, courier: Courier(outbound: .public())).send(sample())
      }
    }
    #expect(error?.isFinal == true && error?.reason.contains("outbound.allow") == true)
    #expect(receiver.requests.isEmpty)
  }

  @Test func errorsDoNotTellThePath() async throws {
    let secret = try #require(URLParts("http://127.0.0.1:1/services/T0/B0/secret"))
    let error = await #expect(throws: DeliveryError.self) {
      try await SlackChannel(url: secret, courier: localCourier).send(sample())
    }
    #expect(error?.reason.contains("secret") == false)
  }
}
