package import CTCrypto
package import CTHTTP

/// What the runs of a tower have in common.
package struct RunSettings: Sendable {
  /// The tower's data folder.
  package var data: String
  package var triggers: [TriggerDefinition]
  /// Takes personal data out of a line of a log.
  package var redactLine: @Sendable (String) -> String
  /// Takes personal data out of inputs: a JSON object.
  package var redactInputs: @Sendable ([UInt8]) -> [UInt8]
  /// Encrypts the inputs of which something was taken out.
  package var inputsKey: AEADKey
  /// Where functions may be: on the public Internet, and on this machine.
  package var outbound = OutboundPolicy.public(
    allowing: ["127.0.0.0/8", "::1"].compactMap(OutboundPolicy.Exception.init))
  /// Names this tower on the leases of its runs; another after each start.
  package var holder = "tower_\(Hex.encode(SecureRandom.bytes(8)))"
  /// Is told what somebody should know: a fault of the store, of the disk.
  package var warn: @Sendable (_ runId: String, _ what: String) -> Void = { _, _ in }

  package init(
    data: String, triggers: [TriggerDefinition] = [], inputsKey: AEADKey = AEADKey(),
    redactLine: @escaping @Sendable (String) -> String = { $0 },
    redactInputs: @escaping @Sendable ([UInt8]) -> [UInt8] = { $0 }
  ) {
    self.data = data
    self.triggers = triggers
    self.inputsKey = inputsKey
    self.redactLine = redactLine
    self.redactInputs = redactInputs
  }
}
