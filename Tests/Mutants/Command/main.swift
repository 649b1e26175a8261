import CTConformance
import CTHTTP
import CTSpec
import Glibc
import Mutants

// Runs `ctconform` against one faulty deployment after the other, and prints what caught each fault. Exit status 0: the
// deployment without a fault is green, and every fault is red for the reason that it should be.

let file = CommandLine.arguments.dropFirst().first ?? "docs/design/openapi/control_tower.yaml"
let spec: OpenAPIDocument
do throws(SpecError) {
  spec = try SpecLoader.loadOpenAPI(file: file)
} catch {
  print(error)
  exit(2)
}

let clean = try await Trial(spec: spec, file: file, fault: nil).run()
print("no fault: \(clean.exitCode == 0 ? "green" : "RED"), \(clean.milliseconds) ms")
var missed = 0
let faults = Fault.all(in: spec)
for fault in faults {
  let result = try await Trial(spec: spec, file: file, fault: fault).run()
  if !result.isCaught { missed += 1 }
  print(result.row)
}
print("\(faults.count) faults, \(missed) missed")
exit(clean.exitCode == 0 && missed == 0 ? 0 : 1)
