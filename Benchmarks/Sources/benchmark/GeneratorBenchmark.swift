import Glibc

/// The generator as a process: its time and the most memory that it held.
struct GeneratorBenchmark {
  let tool: String
  let spec: String

  func rows() -> [Row] {
    // The best, as in ``measure(_:)``.
    let ours = best(of: 20, ["--spec", spec])
    let sizes = [1_250, 2_500, 5_000, 10_000]
    let synthetic = sizes.map { ($0, best(of: 3, ["--spec", Self.synthetic($0)])) }
    let growth = synthetic[3].1.seconds / max(synthetic[2].1.seconds, 0.001)
    let times = synthetic.map { "\($0): \(rounded($1.seconds)) s" }.joined(separator: ", ")
    let megabytes = Double(synthetic[3].1.kilobytes) / 1024
    return [
      Row(
        name: "openapi-gen: control_tower.yaml", value: "\(rounded(ours.seconds * 1000)) ms", target: "100 ms",
        isMet: ours.seconds < 0.1),
      Row(
        name: "openapi-gen: operations", value: times, target: "linear: twice the work, at most 2.6 times the time",
        isMet: growth < 2.6),
      Row(
        name: "openapi-gen: memory for 10000 operations", value: "\(rounded(megabytes, 0)) MB", target: "1000 MB",
        isMet: megabytes < 1000),
    ]
  }

  private func best(of times: Int, _ arguments: [String]) -> (seconds: Double, kilobytes: Int) {
    (0..<times).map { _ in run(arguments) }.min { $0.seconds < $1.seconds }!
  }

  private func run(_ arguments: [String]) -> (seconds: Double, kilobytes: Int) {
    let out = "/tmp/ct-bench-\(getpid())"
    var pointers = ([tool, "generate"] + arguments + ["--out", out]).map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    var process: pid_t = 0
    let clock = ContinuousClock()
    let start = clock.now
    guard posix_spawn(&process, tool, nil, nil, &pointers, nil) == 0 else { fatalError("cannot run \(tool)") }
    var status: Int32 = 0
    var usage = rusage()
    while wait4(process, &status, 0, &usage) < 0, errno == EINTR {}
    guard status == 0 else { fatalError("\(tool) \(arguments) failed") }
    let seconds = (clock.now - start) / .seconds(1)
    var names = [strdup("rm"), strdup("-rf"), strdup(out), nil]
    if posix_spawnp(&process, "rm", nil, nil, &names, nil) == 0 { while wait4(process, &status, 0, nil) < 0 {} }
    for name in names { free(name) }
    return (seconds, usage.ru_maxrss)
  }

  /// A document with so many operations, each with parameters, a body and a schema of its own.
  private static func synthetic(_ count: Int) -> String {
    var text = "openapi: 3.1.0\ninfo: {title: Synthetic, version: 1.0.0}\npaths:\n"
    for index in 0..<count {
      text += """
          /things\(index)/{id}:
            put:
              operationId: putThing\(index)
              summary: Put thing \(index)
              parameters:
                - {name: id, in: path, required: true, schema: {type: string, maxLength: 20}}
                - {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 100, default: 10}}
              requestBody:
                required: true
                content: {application/json: {schema: {$ref: "#/components/schemas/Thing\(index)"}}}
              responses:
                "200":
                  description: The thing.
                  content: {application/json: {schema: {$ref: "#/components/schemas/Thing\(index)"}}}

        """
    }
    text += "components:\n  schemas:\n"
    for index in 0..<count {
      text += "    Thing\(index): {type: object, required: [name], properties: {name: {type: string, maxLength: 40}, "
      text += "count: {type: integer, minimum: \(index)}, kind: {type: string, enum: [a\(index), b, c]}}}\n"
    }
    let path = "/tmp/ct-bench-\(count).yaml"
    guard let file = fopen(path, "w") else { fatalError("cannot write \(path)") }
    fputs(text, file)
    fclose(file)
    return path
  }
}
