import CTSpec
import Foundation
import Mutants
import Testing

/// The workflow that is there to be copied: read as YAML, its steps carried out as a runner would.
@Suite struct WorkflowTests {
  private let root = Specification.file.replacing("/docs/design/openapi/control_tower.yaml", with: "")

  private func workflow() throws -> SpecNode {
    let file = "\(root)/Examples/github-actions/conformance.yml"
    var diagnostics = Diagnostics()
    let node = SpecParser.parse(try FileReader.disk.read(file), file: file, diagnostics: &diagnostics)
    #expect(diagnostics.sorted.isEmpty)
    return try #require(node)
  }

  @Test func `Every step has a name or an action, every action a version, every secret is in the profile`() async throws
  {
    let jobs = try #require(try workflow()["jobs"]?.members)
    #expect(jobs.map(\.key) == ["drift", "staging"])
    let profile = try String(contentsOfFile: "\(root)/Examples/github-actions/staging.yaml", encoding: .utf8)
    for job in jobs {
      #expect(job.value["runs-on"]?.string != nil)
      for step in job.value["steps"]?.elements ?? [] {
        #expect(step["run"]?.string != nil || step["uses"]?.string?.contains("@") == true)
        for variable in step["env"]?.members ?? [] where variable.value.string?.contains("secrets.") == true {
          #expect(profile.contains(": \(variable.key)\n"))
          #expect(variable.value.string == "${{ secrets.\(variable.key) }}")
        }
      }
    }
  }

  @Test func `Its steps judge a deployment, review the taxonomy and write the summary`() async throws {
    let steps = try #require(try workflow()["jobs"]?["staging"]?["steps"]?.elements)
    let scripts = steps.compactMap { step in step["run"]?.string.map { (step["name"]?.string ?? "", $0) } }
    #expect(scripts.map(\.0) == ["Build ctconform", "Judge staging", "Review the taxonomy", "Summary"])
    try await withFolder { folder in
      try FileManager.default.createSymbolicLink(atPath: "\(folder)/Examples", withDestinationPath: "\(root)/Examples")
      try FileManager.default.createSymbolicLink(atPath: "\(folder)/docs", withDestinationPath: "\(root)/docs")
      try await withDeployment(tokens: TinyTower.names) { options in
        var environment = [
          "CT_URL": options[1], "PROFILE": "Examples/github-actions/staging.yaml", "STAGING_WEBHOOK_SECRET": "secret",
          "GITHUB_STEP_SUMMARY": "\(folder)/summary.md",
          "PATH": "\(Self.products):" + (ProcessInfo.processInfo.environment["PATH"] ?? ""),
        ]
        for name in ["owner", "maintainer", "operator", "viewer", "finance"] {
          environment["STAGING_TOKEN_\(name.uppercased())"] = TinyTower.token(of: name)
        }
        // What builds is what this test was built by.
        for (name, script) in scripts.dropFirst() {
          // As a runner does: bash -e -o pipefail.
          let done = try await execute(
            "bash", ["-e", "-o", "pipefail", "-c", script], environment: environment, folder: folder)
          #expect(done.status == 0, "\(name): \(done.output)")
        }
      }
      for file in ["conformance.md", "conformance.sarif", "conformance.xml", "taxonomy.md"] {
        #expect(FileManager.default.fileExists(atPath: "\(folder)/\(file)"))
      }
      let summary = try String(contentsOfFile: "\(folder)/summary.md", encoding: .utf8)
      #expect(summary.contains("# Conformance") && summary.contains("# Taxonomy review"))
    }
  }

  /// Where the package's commands are built: beside the program that runs this test.
  private static let products = {
    let program = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return program.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
  }()
}
