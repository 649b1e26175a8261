// swift-tools-version: 6.1
import PackageDescription

let package = Package(
  name: "town-library",
  dependencies: [.package(name: "control-tower", path: "../..")],
  targets: [
    // Made from the specification in its folder `spec`, but for what stands in TownLibrary.swift.
    .target(
      name: "TownLibrary", dependencies: [.product(name: "CTRuntime", package: "control-tower")], exclude: ["spec"],
      plugins: [.plugin(name: "OpenAPIGen", package: "control-tower")]),
    .target(
      name: "LibraryServer", dependencies: ["TownLibrary", .product(name: "CTRuntime", package: "control-tower")]),
    .executableTarget(
      name: "town-library",
      dependencies: ["LibraryServer", "TownLibrary", .product(name: "CTRuntime", package: "control-tower")]),
    .testTarget(
      name: "LibraryServerTests",
      dependencies: ["LibraryServer", "TownLibrary", .product(name: "CTRuntime", package: "control-tower")]),
  ],
  swiftLanguageModes: [.v6]
)
