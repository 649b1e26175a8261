// swift-tools-version: 6.2
import PackageDescription

// Apart from the package itself, so that its builds do not wait for benchmarks.
let tower: [Target.Dependency] = [.product(name: "CTRuntime", package: "control-tower")]
let generator: [Target.PluginUsage] = [.plugin(name: "OpenAPIGen", package: "control-tower")]

let package = Package(
  name: "benchmarks",
  dependencies: [.package(name: "control-tower", path: "..")],
  targets: [
    .target(name: "CAllocations"),
    .target(name: "BenchAPI", dependencies: tower, exclude: ["spec"], plugins: generator),
    .target(name: "BenchDocument", dependencies: tower, exclude: ["spec"], plugins: generator),
    .executableTarget(name: "benchmark", dependencies: ["BenchAPI", "BenchDocument", "CAllocations"] + tower),
  ],
  swiftLanguageModes: [.v6]
)
