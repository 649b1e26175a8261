// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

// Swift's libraries are part of the program (docs/adr/0049): it starts sooner, and calls into them cost less. The compiler
// adds what they need themselves only where it is told so for every file.
let standalone: [LinkerSetting] = [
  .unsafeFlags(
    [
      "-static-stdlib", "-lCoreFoundation", "-l_FoundationCShims", "-l_FoundationCollections", "-l_FoundationICU",
      "-lstdc++",
    ], .when(platforms: [.linux], configuration: .release))
]

func command(_ name: String, _ dependencies: [Target.Dependency], _ linking: [LinkerSetting] = []) -> Target {
  .executableTarget(name: name, dependencies: dependencies, swiftSettings: strict, linkerSettings: linking)
}

func tests(of name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .testTarget(name: name + "Tests", dependencies: [.byName(name: name)] + dependencies, swiftSettings: strict)
}

let package = Package(
  name: "control-tower",
  products: [
    .executable(name: "control-tower", targets: ["control-tower"]),
    .executable(name: "ctconform", targets: ["ctconform"]),
    .executable(name: "openapi-gen", targets: ["openapi-gen"]),
    .plugin(name: "OpenAPIGen", targets: ["OpenAPIGen"]),
    .library(name: "CTRuntime", targets: ["CTRuntime", "CTJSON", "CTHTTP", "CTCrypto"]),
  ],
  dependencies: [],
  targets: [
    .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .target(name: "CLinux"),

    room("CTJSON"),
    room("CTCrypto", ["COpenSSL"]),
    room("CTHTTP", ["CLinux", "COpenSSL"]),
    room("CTSpec", ["CTJSON", "CYAML"]),
    room("CTGenerator", ["CTSpec", "CTJSON"]),
    room("CTReview", ["CTSpec", "CTJSON"]),
    room("CTReviewCommands", ["CTReview", "CTGenerator", "CTSpec"]),
    room("CTRuntime", ["CTJSON", "CTHTTP", "CTCrypto"]),
    .target(
      name: "CTGenerated", dependencies: ["CTRuntime", "CTJSON"], exclude: ["spec"], swiftSettings: strict,
      plugins: ["OpenAPIGen"]),
    .plugin(name: "OpenAPIGen", capability: .buildTool, dependencies: ["openapi-gen-build"]),
    room("CTStore", ["CTJSON", "CTCrypto", "CSQLite"]),
    room("CTArtifacts", ["CTJSON", "CTCrypto"]),
    room("CTSchedule", ["CTStore", "CTJSON"]),
    room("CTArchive", ["CTArtifacts", "CTStore", "CTJSON", "CTCrypto", "CZlib"]),
    room("CTHealth", ["CTJSON"]),
    room("CTScenario", ["CTJSON"]),
    room("CTRedaction", ["CTRuntime", "CTJSON", "CTCrypto"]),
    room("CTRedactionCorpus", ["CTRedaction", "CTRuntime", "CTJSON", "CTCrypto"]),
    room("CTChannels", ["CTHTTP", "CTCrypto", "CTJSON", "CCurl"]),
    room("CTRuns", ["CTArtifacts", "CTStore", "CTHTTP", "CTJSON", "CTCrypto", "CLinux"]),
    room("CTDigest", ["CTJSON"]),
    room("CTFigures", ["CTDigest", "CTStore", "CTJSON"]),
    room(
      "CTImpl",
      [
        "CTChannels", "CTRedaction", "CTGenerated", "CTRuntime", "CTStore", "CTSpec", "CTJSON", "CTHTTP", "CTCrypto",
        "CTArtifacts", "CTSchedule", "CTArchive", "CTRuns", "CTDigest", "CTFigures", "CTHealth", "CTScenario",
        "CLinux",
      ]),
    room("CTConformance", ["CTReview", "CTSpec", "CTHTTP", "CTJSON", "CTCrypto"]),

    command("openapi-gen", ["CTReviewCommands", "CTGenerator"], standalone),
    command("openapi-gen-build", ["CTGenerator"]),
    command("control-tower", ["CTImpl", "CTGenerated"], standalone),
    command("ctconform", ["CTConformance"]),

    tests(of: "CTJSON"),
    tests(of: "CTCrypto"),
    tests(of: "CTHTTP", ["CLinux"]),
    tests(of: "CTSpec", ["CTJSON"]),
    tests(of: "CTReview", ["CTSpec", "CTJSON"]),
    tests(of: "CTRedaction", ["CTRedactionCorpus", "CTRuntime", "CTJSON", "CTCrypto"]),
    .executableTarget(
      name: "redaction-scores", dependencies: ["CTRedaction", "CTRedactionCorpus", "CTCrypto"],
      path: "Tests/RedactionScores", swiftSettings: strict),
    tests(of: "CTRuntime", ["CTJSON", "CTHTTP"]),
    .testTarget(
      name: "CTGeneratorTests", dependencies: ["CTGenerator", "CTSpec"], exclude: ["Goldens"], swiftSettings: strict),
    tests(of: "CTGenerated", ["CTRuntime", "CTJSON", "CTSpec"]),
    .testTarget(
      name: "CTSchemaSetTests", dependencies: ["CTRuntime", "CTJSON", "CTSpec"], exclude: ["spec"],
      swiftSettings: strict, plugins: ["OpenAPIGen"]),
    .testTarget(
      name: "CTContractTests", dependencies: ["CTRuntime", "CTSpec", "CTHTTP", "CTJSON", "CTCrypto"], exclude: ["spec"],
      swiftSettings: strict,
      plugins: ["OpenAPIGen"]),
    .testTarget(
      name: "CTDigestTests", dependencies: ["CTDigest", "CTJSON"], exclude: ["Goldens"], swiftSettings: strict),
    tests(of: "CTFigures", ["CTDigest", "CTStore", "CTJSON", "CTCrypto"]),
    .testTarget(
      name: "CTChannelsTests", dependencies: ["CTChannels", "CTHTTP", "CTCrypto", "CTJSON"],
      exclude: ["Peers/mail_server.py"], swiftSettings: strict),
    tests(of: "CTStore", ["CTJSON", "CTCrypto", "CSQLite"]),
    tests(of: "CTArtifacts", ["CTJSON", "CTCrypto"]),
    tests(of: "CTSchedule", ["CTStore", "CTJSON"]),
    tests(of: "CTArchive", ["CTArtifacts", "CTStore", "CTJSON", "CTCrypto", "CSQLite"]),
    tests(of: "CTHealth", ["CTScenario", "CTJSON"]),
    .target(
      name: "Mutants", dependencies: ["CTSpec", "CTHTTP", "CTJSON", "CTCrypto"], path: "Tests/Mutants/Deployment",
      swiftSettings: strict),
    .executableTarget(
      name: "judge-mutants", dependencies: ["Mutants", "CTConformance", "CTSpec", "CTHTTP"],
      path: "Tests/Mutants/Command",
      swiftSettings: strict),
    tests(of: "CTConformance", ["Mutants", "CTSpec", "CTHTTP", "CTJSON", "CTCrypto"]),
    tests(
      of: "CTImpl",
      [
        "CTChannels", "CTRedaction", "CTGenerated", "CTRuntime", "CTStore", "CTHTTP", "CTJSON", "CTCrypto",
        "CTArtifacts", "CTSchedule", "CTArchive", "CTRuns", "CSQLite", "CTDigest", "CTFigures", "CTHealth",
        "CTScenario",
      ]),
    tests(of: "CTRuns", ["CTArtifacts", "CTStore", "CTHTTP", "CTJSON", "CTCrypto"]),
    .testTarget(
      name: "CrashTests", dependencies: ["CTStore", "CTHTTP", "CTJSON", "CTCrypto"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
