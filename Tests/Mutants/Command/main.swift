import CTConformance
import CTHTTP
import CTSpec
import Glibc
import Mutants

// judge-mutants [--spec FILE]
//   Runs `ctconform` against one faulty deployment after the other, and prints what caught each fault. Exit status 0: the
//   deployment without a fault is green, and every fault is red for the reason that it should be.
// judge-mutants --list
//   The faults' names, each with a path at which it shows.
// judge-mutants --serve FAULT|none
//   Serves one of them until standard input ends, and says where: for other tools to judge.

let arguments = Array(CommandLine.arguments.dropFirst())

func value(of option: String) -> String? {
  arguments.firstIndex(of: option).flatMap { arguments.indices.contains($0 + 1) ? arguments[$0 + 1] : nil }
}

let file = value(of: "--spec") ?? "docs/design/openapi/control_tower.yaml"
let catalog: SpecCatalog
do throws(CannotRun) {
  catalog = try SpecCatalog.load(file)
} catch {
  print(error)
  exit(2)
}
let faults = Fault.all(in: catalog.document)

if arguments.contains("--list") {
  for fault in faults { print(fault, fault.place) }
} else if let name = value(of: "--serve") {
  guard name == "none" || faults.contains(where: { $0.rawValue == name }) else {
    print("there is no fault '\(name)'; see judge-mutants --list")
    exit(2)
  }
  try await Trial(catalog: catalog, file: file, fault: Fault(rawValue: name)).serve()
} else {
  exit(try await judgeAll() ? 0 : 1)
}

func judgeAll() async throws -> Bool {
  let clean = try await Trial(catalog: catalog, file: file, fault: nil).run()
  print("no fault: \(clean.exitCode == 0 ? "green" : "RED"), \(clean.milliseconds) ms")
  if clean.exitCode != 0 { print(clean.output) }
  var missed = 0
  for fault in faults {
    let result = try await Trial(catalog: catalog, file: file, fault: fault).run()
    if !result.isCaught { missed += 1 }
    print(result.row)
  }
  print("\(faults.count) faults, \(missed) missed")
  return clean.exitCode == 0 && missed == 0
}
