/// What the deployment serves and holds against this spec.
package enum DriftSuite {
  package static let checks: [Check] = [DeployedSpec.yaml, DeployedSpec.json, StoredEvents.sampled]

  /// What `ctconform drift --url` runs: also what is there and not declared.
  package static let probes: [Check] = checks + [ContractPaths.otherMethods, ContractPaths.unknownPaths]
}
