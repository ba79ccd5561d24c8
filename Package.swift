// swift-tools-version: 6.2
import Foundation
import PackageDescription

// A module exists to forbid an import; ARCHITECTURE.md draws the arrows. The core (everything above the shells)
// links neither NIO nor anything that reads a clock, so that the simulation can own time, randomness and network.

let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let messages: Target.Dependency = .product(name: "SwiftProtobuf", package: "swift-protobuf")
let sqlite: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let certificates: Target.Dependency = .product(name: "X509", package: "swift-certificates")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let log: Target.Dependency = .product(name: "Logging", package: "swift-log")

let core: [Target] = [
  .systemLibrary(name: "CZlib", path: "Sources/CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
  .systemLibrary(
    name: "CExpat", path: "Sources/CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
  .target(name: "Tabular", dependencies: ["CZlib", "CExpat"], swiftSettings: strict),
  .target(name: "SourceFiles", dependencies: ["Tabular"], swiftSettings: strict),
  .target(name: "HostFiles", swiftSettings: strict),
  .target(name: "ConnectRPC", dependencies: ["CZlib", crypto], swiftSettings: strict),
  .target(name: "ProtocolMessages", dependencies: [messages]),
  .target(name: "Wording", swiftSettings: strict),
  .target(name: "PlanModel", dependencies: ["Wording"], swiftSettings: strict),
  .target(name: "Indicators", dependencies: ["PlanModel", "Wording"], swiftSettings: strict),
  .target(name: "Speech", dependencies: ["Indicators", "PlanModel", "Wording"], swiftSettings: strict),
  .target(name: "Pages", dependencies: ["PlanModel", "Wording"], swiftSettings: strict),
  .target(
    name: "SyncCore", dependencies: ["ProtocolMessages", "PlanModel", messages, crypto], swiftSettings: strict
  ),
  .target(
    name: "SyncServer",
    dependencies: ["SyncCore", "PlanModel", "Wording", "ProtocolMessages", messages, crypto],
    swiftSettings: strict),
  .target(
    name: "SQLiteQuery",
    dependencies: ["HostFiles", "PlanModel", sqlite, .product(name: "GRDBSQLite", package: "GRDB.swift")],
    swiftSettings: strict),
  .target(
    name: "SQLiteStore",
    dependencies: [
      "SQLiteQuery", "SyncServer", "SyncCore", "PlanModel", "ProtocolMessages", messages, sqlite,
    ],
    swiftSettings: strict),
  .target(
    name: "SQLiteExport", dependencies: ["SQLiteQuery", "PlanModel", sqlite], swiftSettings: strict),
  .target(
    name: "Replica",
    dependencies: [
      "SQLiteQuery", "SyncCore", "PlanModel", "Wording", "ProtocolMessages", messages, sqlite, crypto,
    ],
    swiftSettings: strict),
  .target(
    name: "Workbench",
    dependencies: [
      "Speech", "Replica", "SyncCore", "Indicators", "PlanModel", "Wording", "ProtocolMessages", messages,
    ],
    swiftSettings: strict),
  .target(
    name: "Views",
    dependencies: [
      "Workbench", "Pages", "Speech", "Replica", "SyncCore", "Indicators", "PlanModel", "Wording",
      "ProtocolMessages", messages,
    ],
    swiftSettings: strict),
  .target(
    name: "Interchange",
    dependencies: [
      "Workbench", "Speech", "SQLiteExport", "SourceFiles", "Tabular", "Replica", "SyncCore", "PlanModel",
      "Wording", messages,
    ],
    swiftSettings: strict),
]

let simulation: [Target] = [
  .target(
    name: "Simulation",
    dependencies: [
      "SyncServer", "SQLiteStore", "Replica", "SyncCore", "PlanModel", "ProtocolMessages", messages, crypto,
    ],
    path: "Tests/Simulation", swiftSettings: strict),
  .executableTarget(name: "simulate", dependencies: ["Simulation", arguments], swiftSettings: strict),
]

// What a canonical store owes, for the tests of any engine.
let conformance = Target.target(
  name: "StoreConformance", dependencies: ["SyncServer", "SyncCore", "PlanModel"],
  path: "Tests/StoreConformance", swiftSettings: strict)

let everyCore: [Target.Dependency] = [
  "Wording", "ProtocolMessages", "PlanModel", "Indicators", "SyncCore", "SyncServer", "SQLiteStore",
  "SQLiteQuery", "Replica", messages,
  sqlite,
  crypto,
]
let coreTests: [Target] = [
  conformance,
  .testTarget(name: "PlanModelTests", dependencies: everyCore, swiftSettings: strict),
  .testTarget(
    name: "IndicatorsTests", dependencies: ["Indicators", "PlanModel", "Wording"], exclude: ["Vectors"],
    swiftSettings: strict),
  .testTarget(name: "HostFilesTests", dependencies: ["HostFiles"], swiftSettings: strict),
  .testTarget(name: "TabularTests", dependencies: ["Tabular", "CZlib"], swiftSettings: strict),
  .testTarget(name: "SourceFilesTests", dependencies: ["SourceFiles"], swiftSettings: strict),
  .testTarget(name: "SyncCoreTests", dependencies: everyCore, swiftSettings: strict),
  .testTarget(
    name: "SyncServerTests", dependencies: everyCore + ["StoreConformance"], swiftSettings: strict),
  .testTarget(name: "ReplicaTests", dependencies: everyCore, swiftSettings: strict),
  .testTarget(
    name: "WorkbenchTests", dependencies: everyCore + ["Workbench", "Speech"], swiftSettings: strict),
  .testTarget(
    name: "ViewsTests", dependencies: everyCore + ["Views", "Pages", "Workbench", "Speech"],
    swiftSettings: strict),
  .testTarget(
    name: "InterchangeTests",
    dependencies: everyCore + ["Interchange", "Workbench", "Speech", "SourceFiles", "CZlib"],
    swiftSettings: strict),
  .testTarget(name: "SimulationTests", dependencies: everyCore + ["Simulation"], swiftSettings: strict),
]

let shells: [Target] = [
  .systemLibrary(name: "CMalloc", path: "Sources/CMalloc"),
  .systemLibrary(name: "CPrivacy", path: "Sources/CPrivacy"),
  .target(
    name: "Edge",
    dependencies: [
      "ConnectRPC", "HostFiles", certificates, crypto, log,
      .product(name: "HummingbirdCore", package: "hummingbird"),
      .product(name: "NIOSSL", package: "swift-nio-ssl"),
      .product(name: "NIOHTTP2", package: "swift-nio-http2"),
      .product(name: "NIOHPACK", package: "swift-nio-http2"),
      .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
      .product(name: "NIOHTTP1", package: "swift-nio"), .product(name: "NIOTLS", package: "swift-nio"),
      .product(name: "SwiftASN1", package: "swift-asn1"),
      .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
    ], swiftSettings: strict),
  .target(
    name: "PlanServer",
    dependencies: [
      "Edge", "SyncServer", "SQLiteStore", "SQLiteQuery", "HostFiles", "ConnectRPC", "SyncCore", "PlanModel",
      "ProtocolMessages", "Wording",
      messages, log,
      .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
      .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      .product(name: "UnixSignals", package: "swift-service-lifecycle"),
    ], swiftSettings: strict),
  .target(
    name: "SyncClient",
    dependencies: [
      "Replica", "HostFiles", "ConnectRPC", "SyncCore", "PlanModel", "Wording", "ProtocolMessages", messages,
      crypto,
      .product(name: "AsyncHTTPClient", package: "async-http-client"),
      .product(name: "NIOSSL", package: "swift-nio-ssl"),
      .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
      .product(name: "NIOHTTP1", package: "swift-nio"),
    ], swiftSettings: strict),
  .executableTarget(
    name: "kamd",
    dependencies: ["PlanServer", "SyncCore", "PlanModel", "Edge", "ConnectRPC", "CPrivacy", arguments, log],
    swiftSettings: strict),
  .target(
    name: "Markup",
    dependencies: ["Pages", "Wording", .product(name: "Mustache", package: "swift-mustache")],
    swiftSettings: strict),
  .executableTarget(
    name: "kam",
    dependencies: [
      "SyncClient", "Interchange", "Replica", "SQLiteExport", "Workbench", "Pages", "Views", "Markup",
      "Speech", "Indicators", "PlanModel", "SyncCore", "Wording", "ProtocolMessages", messages, "CMalloc",
      "CPrivacy",
    ], path: "clients/kam", swiftSettings: strict),
]

// `swift build` takes one product: this one names both programs, so that their modules are built side by side.
let programs = Target.executableTarget(
  name: "programs", dependencies: ["kam", "kamd"], swiftSettings: strict)

let shellTests: [Target] = [
  .systemLibrary(name: "CSpawn", path: "Tests/CSpawn"),
  // Runs kam and kamd as their users do; needs them built, not imported.
  .testTarget(
    name: "EndToEndTests", dependencies: ["kam", "kamd", "ConnectRPC", "CSpawn"], swiftSettings: strict),
  .testTarget(
    name: "KamTests",
    dependencies: [
      "kam", "Workbench", "Speech", "SyncClient", "ConnectRPC", "Replica", "Indicators", "PlanModel",
      "SyncCore", "Wording", "ProtocolMessages", messages,
    ],
    swiftSettings: strict),
  .testTarget(
    name: "MarkupTests", dependencies: ["Markup", "Pages", "Speech", "Wording"], swiftSettings: strict),
  .testTarget(
    name: "PlanServerTests",
    dependencies: [
      "PlanServer", "ConnectRPC", "Edge", "ProtocolMessages", "SyncServer", "SQLiteStore", "SyncCore",
      "PlanModel",
      log, messages,
      .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
    ], swiftSettings: strict),
  .testTarget(
    name: "EdgeTests",
    dependencies: [
      "Edge", "ConnectRPC", "CZlib", certificates, log,
      .product(name: "NIOSSL", package: "swift-nio-ssl"), .product(name: "NIOTLS", package: "swift-nio"),
      .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
      .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
    ], swiftSettings: strict),
]

let coreDependencies: [Package.Dependency] = [
  .package(url: "https://github.com/apple/swift-protobuf", exact: "1.39.0"),
  .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
  .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
  .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
]
let shellDependencies: [Package.Dependency] = [
  .package(url: "https://github.com/apple/swift-asn1", exact: "1.7.4"),
  .package(url: "https://github.com/apple/swift-certificates", exact: "1.21.1"),
  .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
  .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
  .package(url: "https://github.com/apple/swift-nio-http2", exact: "1.46.0"),
  .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
  .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
  .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
  .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
  .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
]

// KAM_CORE=1 leaves the shells and their dependencies out: the core and its tests build in a minute (CONTRIBUTING.md).
let coreOnly = ProcessInfo.processInfo.environment["KAM_CORE"] == "1"

// KAM_FUZZ=1 adds the fuzzer (ops/fuzz.sh), which needs clang's libFuzzer.
let fuzzing = ProcessInfo.processInfo.environment["KAM_FUZZ"] == "1"
let fuzz: [Target] = [
  .executableTarget(
    name: "fuzz", dependencies: everyCore + ["Tabular", "SourceFiles", "ConnectRPC", "CZlib"],
    path: "Tests/Fuzz", swiftSettings: strict,
    linkerSettings: [.unsafeFlags(["-sanitize=fuzzer"])])
]

let package = Package(
  name: "kam",
  platforms: [.macOS(.v15)],
  products: coreOnly
    ? [.executable(name: "simulate", targets: ["simulate"])]
      + (fuzzing ? [.executable(name: "fuzz", targets: ["fuzz"])] : [])
    : [
      .executable(name: "kam", targets: ["kam"]), .executable(name: "kamd", targets: ["kamd"]),
      .executable(name: "programs", targets: ["programs"]),
      .executable(name: "simulate", targets: ["simulate"]),
    ],
  dependencies: coreDependencies + (coreOnly ? [] : shellDependencies),
  targets: core + simulation + coreTests + (fuzzing ? fuzz : [])
    + (coreOnly ? [] : shells + [programs] + shellTests)
)
