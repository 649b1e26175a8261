import Glibc

// benchmark [OPENAPI_GEN SPEC]: prints what was measured against what it has to be; exits 1 when something is missed.
let arguments = CommandLine.arguments
var rows = DecodeBenchmark.rows() + RouterBenchmark.rows()
if arguments.count == 3 { rows += GeneratorBenchmark(tool: arguments[1], spec: arguments[2]).rows() }
Row.print(rows)
exit(rows.allSatisfy(\.isMet) ? 0 : 1)
