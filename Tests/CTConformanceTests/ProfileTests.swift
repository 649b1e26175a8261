import Foundation
import Mutants
import Testing

@Suite struct ProfileTests {
  @Test func `A profile has everything but the secrets`() async throws {
    try await withFolder { folder in
      let verdict = try await withDeployment { options in
        let profile = """
          url: \(options[1])
          spec: \(Specification.file)
          secret: STAGING_SECRET
          tokens: {finance: STAGING_FINANCE, maintainer: STAGING_MAINTAINER}
          rate: 1000
          concurrency: 2
          patience: 1
          """
        try profile.write(toFile: "\(folder)/staging.yaml", atomically: true, encoding: .utf8)
        return await ctconform(
          ["smoke", "--profile", "\(folder)/staging.yaml"],
          environment: [
            "STAGING_SECRET": "secret", "STAGING_FINANCE": "TOKEN_FINANCE", "STAGING_MAINTAINER": "TOKEN_MAINTAINER",
          ])
      }
      #expect(verdict.exitCode == 0, "\(verdict.output)\(verdict.errors)")
    }
  }

  @Test func `A reproduction calls tokens as the profile does`() async throws {
    try await withFolder { folder in
      let verdict = try await withDeployment([.acceptedIsOK]) { options in
        let profile = "tokens: {finance: STAGING_FINANCE}\nsecret: STAGING_SECRET\n"
        try profile.write(toFile: "\(folder)/staging.yaml", atomically: true, encoding: .utf8)
        return await ctconform(["run", "--suite", "smoke", "--profile", "\(folder)/staging.yaml"] + options)
      }
      #expect(verdict.exitCode == 1)
      #expect(verdict.output.contains("Bearer $STAGING_FINANCE"))
      #expect(verdict.output.contains("-hmac \"$STAGING_SECRET\""))
    }
  }

  @Test func `A path in a profile is seen from its folder`() async throws {
    try await withFolder { folder in
      try "spec: no-such.yaml\nurl: http://127.0.0.1:1\n".write(
        toFile: "\(folder)/p.yaml", atomically: true, encoding: .utf8)
      let verdict = await ctconform(["run", "--profile", "\(folder)/p.yaml"])
      #expect(verdict.exitCode == 2)
      #expect(verdict.errors.contains("\(folder)/no-such.yaml"))
    }
  }

  @Test func `A variable that is not set makes checks skipped, and not passed`() async throws {
    try await withFolder { folder in
      let verdict = try await withDeployment(tokens: []) { options in
        let profile = "tokens: {finance: NOT_SET}\n"
        try profile.write(toFile: "\(folder)/p.yaml", atomically: true, encoding: .utf8)
        return await ctconform(["run", "--suite", "smoke,contract", "--profile", "\(folder)/p.yaml"] + options)
      }
      #expect(verdict.exitCode == 0)
      #expect(verdict.output.contains("needs --token-finance"))
    }
  }

  @Test(arguments: [
    ("secret: hunter2", ":1:9: error: the name of an environment variable is expected"),
    ("tokens: {finance: abc.def}", "a profile holds no secrets"), ("tokens: {fnance: A}", "there is no token 'fnance'"),
    ("urls: x", "'urls' is no setting of a profile"), ("rate: many", "'rate' cannot be a string"),
    ("- a", "a profile is an object"), ("a: [", "error:"), ("readOnly: 1", "'readOnly' cannot be a number"),
  ])
  func `A faulty profile is refused at its line: 2`(text: String, told: String) async throws {
    try await withFolder { folder in
      try "\(text)\n".write(toFile: "\(folder)/p.yaml", atomically: true, encoding: .utf8)
      let verdict = await ctconform(["run", "--profile", "\(folder)/p.yaml", "--url", "http://127.0.0.1:1"])
      #expect(verdict.exitCode == 2)
      #expect(verdict.errors.contains("\(folder)/p.yaml:"), "\(verdict.errors)")
      #expect(verdict.errors.contains(told), "\(verdict.errors)")
    }
  }

  @Test(arguments: [
    ["--rate", "0"], ["--rate", "x"], ["--concurrency", "1000"], ["--slow-timeout", "-1"],
    ["--profile", "/no/such/file"],
  ])
  func `A wrong setting is named: 2`(option: [String]) async {
    let verdict = await ctconform(["run", "--url", "http://127.0.0.1:1"] + option)
    #expect(verdict.exitCode == 2)
    #expect(verdict.errors.contains(option[0]))
  }
}
