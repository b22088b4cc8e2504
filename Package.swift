// swift-tools-version: 6.2
import PackageDescription

/// Every target of ours: Swift 6 mode, the upcoming features we rely on, and no warning let through.
/// Reasons for each feature: Docs/Decisions/0002-language-settings.md
let house: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

func product(_ name: String, _ package: String) -> Target.Dependency {
    .product(name: name, package: package)
}

let argumentParser = product("ArgumentParser", "swift-argument-parser")
let logging = product("Logging", "swift-log")
let coreMetrics = product("CoreMetrics", "swift-metrics")
let crypto = product("Crypto", "swift-crypto")
let grdb = product("GRDB", "GRDB.swift")
let sqlite = product("GRDBSQLite", "GRDB.swift")
let httpTypes = product("HTTPTypes", "swift-http-types")
let hummingbird = product("Hummingbird", "hummingbird")
let hummingbirdCore = product("HummingbirdCore", "hummingbird")
let lifecycle = product("ServiceLifecycle", "swift-service-lifecycle")
let mustache = product("Mustache", "swift-mustache")
let nioCore = product("NIOCore", "swift-nio")
let nioEmbedded = product("NIOEmbedded", "swift-nio")
let nioHTTP = product("NIOHTTP1", "swift-nio")
let nioHTTPTypes = product("NIOHTTPTypes", "swift-nio-extras")
let nioPosix = product("NIOPosix", "swift-nio")
let unixSignals = product("UnixSignals", "swift-service-lifecycle")

func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: house)
}

func program(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, swiftSettings: house)
}

/// An adapter is one folder in `channels/`; what lies beside its sources is not compiled.
/// What is embedded becomes bytes within the program (`PackageResources`): no files to find at run time.
func channel(
    _ folder: String, _ target: String, _ dependencies: [Target.Dependency],
    embedding: [String] = []
) -> Target {
    .target(
        name: target, dependencies: ["ChannelKit", "HelpdeskCore"] + dependencies,
        path: "channels/\(folder)", exclude: ["README.md", "sample.toml", "testcases"],
        resources: embedding.map { .embedInCode($0) }, swiftSettings: house)
}

func tests(
    _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []
) -> Target {
    // Every suite repeats its random numbers by the same seeds.
    .testTarget(
        name: name, dependencies: dependencies + ["RandomKit"], exclude: exclude,
        swiftSettings: house)
}

let pure: [Target] = [
    library("HelpdeskCore"),
    library("HelpdeskAPI", ["HelpdeskCore"]),
    library("ChannelKit", ["HelpdeskCore", crypto]),
    library("TOMLReading", ["CToml"]),
    library("HelpdeskConfiguration", ["HelpdeskCore", "TOMLReading"]),
    library("Terminal", ["CFribidi"]),
    library("HelpdeskTUI", ["HelpdeskAPI", "HelpdeskCore", "Terminal"]),
]

let shell: [Target] = [
    library("HelpdeskStore", ["HelpdeskCore", grdb, sqlite, crypto]),
    library("HelpdeskEngine", ["HelpdeskCore", "HelpdeskStore", "ChannelKit", crypto]),
    library(
        "HelpdeskServer",
        [
            "HelpdeskAPI", "HelpdeskCore", "HelpdeskEngine", "HelpdeskStore", "ChannelKit", crypto,
            logging, coreMetrics, httpTypes, hummingbird, hummingbirdCore, lifecycle, mustache,
            nioCore, nioHTTP, nioHTTPTypes,
        ]),
    library(
        "ConformanceKit", ["HelpdeskCore", "ChannelKit", "ExecChannel", "TOMLReading"]),
    library("CurlTransport", ["CCurl"]),
    library("HelpdeskClient", ["HelpdeskAPI", "HelpdeskCore", "CurlTransport"]),
]

let channels: [Target] = [
    channel(
        "email", "EmailChannel",
        ["CGMime", "CGumbo", "CIDN", "CurlTransport", crypto, nioCore, nioPosix]),
    channel(
        "chat-webhook", "ChatWebhookChannel", ["CurlTransport", "TOMLReading", crypto],
        embedding: ["presets"]),
    channel("phone-log", "PhoneLogChannel", ["CPhoneNumber", crypto]),
    channel("exec", "ExecChannel", ["CProcess", crypto]),
]

let programs: [Target] = [
    program(
        "hamdeld",
        [
            "HelpdeskConfiguration", "HelpdeskCore", "HelpdeskEngine", "HelpdeskServer",
            "HelpdeskStore", "ChannelKit", "EmailChannel", "ChatWebhookChannel",
            "PhoneLogChannel", "ExecChannel", "ConformanceKit", "CProcess", "CurlTransport",
            "TOMLReading", argumentParser, coreMetrics, httpTypes,
            hummingbird, lifecycle, logging, nioCore, nioPosix, unixSignals,
        ]),
    program(
        "hamdel",
        [
            "CMalloc", "HelpdeskAPI", "HelpdeskClient", "HelpdeskCore", "HelpdeskTUI",
            "TOMLReading", "Terminal", argumentParser,
        ]),
]

/// Libraries of the system. What must be installed is in scripts/setup.
let system: [Target] = [
    .systemLibrary(
        name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(name: "CMalloc"),
    .systemLibrary(name: "CFribidi", providers: [.apt(["libfribidi-dev"])]),
    .systemLibrary(name: "CIDN", providers: [.apt(["libidn2-dev"])]),
    .systemLibrary(name: "CGLib", pkgConfig: "glib-2.0", providers: [.apt(["libglib2.0-dev"])]),
    .target(
        name: "CGMime", dependencies: ["CGLib"],
        cSettings: [.unsafeFlags(["-I/usr/include/gmime-3.0"])],
        linkerSettings: [
            .linkedLibrary("gmime-3.0"), .linkedLibrary("gobject-2.0"),
            .linkedLibrary("glib-2.0"), .linkedLibrary("uchardet"),
        ]),
    .target(name: "CGumbo", linkerSettings: [.linkedLibrary("gumbo")]),
    .target(
        name: "CPhoneNumber",
        linkerSettings: [.linkedLibrary("phonenumber"), .linkedLibrary("stdc++")]),
    .target(name: "CToml"),
    .target(name: "CProcess"),
]

/// What several suites share: a clock to hold, adapters to script, stores to throw away, servers to talk to.
let testing: [Target] = [
    .target(name: "RandomKit", path: "Tests/RandomKit", swiftSettings: house),
    .target(
        name: "TestKit",
        dependencies: [
            "HelpdeskCore", "ChannelKit", "HelpdeskStore", "HelpdeskEngine", "RandomKit",
        ],
        path: "Tests/TestKit", swiftSettings: house),
    .target(name: "StubServers", path: "Tests/StubServers", swiftSettings: house),
    .target(name: "CorpusKit", path: "Tests/CorpusKit", swiftSettings: house),
]

/// What `scripts/bench` needs beside the daemon: our reader and GMime alone in one process, the router alone, and who writes a
/// whole year into a store.
let benches: [Target] = [
    .target(
        name: "ReadingFloor", dependencies: ["CGLib"], path: "scripts/bench.d/ReadingFloor",
        cSettings: [.unsafeFlags(["-I/usr/include/gmime-3.0"])],
        linkerSettings: [
            .linkedLibrary("gmime-3.0"), .linkedLibrary("gobject-2.0"), .linkedLibrary("glib-2.0"),
        ]),
    .executableTarget(
        name: "bench-reading", dependencies: ["EmailChannel", "ReadingFloor"],
        path: "scripts/bench.d/BenchReading", swiftSettings: house),
    .executableTarget(
        name: "bench-routing", dependencies: ["HelpdeskCore"],
        path: "scripts/bench.d/BenchRouting", swiftSettings: house),
    .executableTarget(
        name: "bench-story", dependencies: ["HelpdeskCore", "HelpdeskStore"],
        path: "scripts/bench.d/BenchStory", swiftSettings: house),
]

let suites: [Target] = [
    tests("TidyTests", []),
    tests(
        "HelpdeskCoreTests", ["HelpdeskCore"], exclude: ["SLA/reference.py"]),
    tests("HelpdeskAPITests", ["HelpdeskAPI", "HelpdeskCore"]),
    tests(
        "HelpdeskConfigurationTests", ["HelpdeskConfiguration", "HelpdeskCore", "TOMLReading"]),
    tests("HelpdeskStoreTests", ["HelpdeskCore", "HelpdeskStore"], exclude: ["Releases"]),
    tests(
        "HelpdeskEngineTests",
        ["HelpdeskCore", "HelpdeskEngine", "HelpdeskStore", "ChannelKit", "TestKit"]),
    tests(
        "SimulationTests",
        ["HelpdeskCore", "HelpdeskEngine", "HelpdeskStore", "ChannelKit", "TestKit"]),
    tests(
        "HelpdeskServerTests",
        [
            "HelpdeskAPI", "HelpdeskCore", "HelpdeskEngine", "HelpdeskServer", "HelpdeskStore",
            "ChannelKit", "TestKit", crypto, logging, coreMetrics, httpTypes, hummingbird,
            lifecycle, nioCore, nioEmbedded, nioHTTP, nioHTTPTypes,
        ]),
    tests("HelpdeskClientTests", ["HelpdeskClient", "HelpdeskAPI", "HelpdeskCore"]),
    tests(
        "HamdelTests",
        [
            "hamdel", "HelpdeskAPI", "HelpdeskClient", "HelpdeskCore", "HelpdeskTUI", "Terminal",
            argumentParser,
        ], exclude: ["Pages"]),
    tests("TerminalTests", ["Terminal"]),
    tests(
        "HelpdeskTUITests", ["HelpdeskTUI", "HelpdeskAPI", "HelpdeskCore", "Terminal"],
        exclude: ["Frames"]),
    tests("CurlTransportTests", ["CurlTransport", "StubServers"]),
    tests(
        "EmailChannelTests",
        [
            "EmailChannel", "ChannelKit", "CorpusKit", "HelpdeskCore", "HelpdeskEngine",
            "HelpdeskStore", "CurlTransport", "StubServers", "TestKit", nioCore, nioEmbedded,
            nioPosix,
        ]),
    tests(
        "MailDeskTests",
        [
            "EmailChannel", "ChannelKit", "CorpusKit", "HelpdeskCore", "HelpdeskEngine",
            "HelpdeskStore", "TestKit",
        ]),
    tests(
        "ChatWebhookChannelTests",
        [
            "ChatWebhookChannel", "ChannelKit", "HelpdeskConfiguration", "HelpdeskCore",
            "CurlTransport", "StubServers", crypto,
        ]),
    tests("PhoneLogChannelTests", ["PhoneLogChannel", "ChannelKit", "HelpdeskCore"]),
    tests("ExecChannelTests", ["ExecChannel", "ChannelKit", "HelpdeskCore"]),
    tests("ConformanceKitTests", ["ConformanceKit"]),
]

let package = Package(
    name: "hamdel",
    products: [
        .executable(name: "hamdeld", targets: ["hamdeld"]),
        .executable(name: "hamdel", targets: ["hamdel"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.5.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        // 2.100.0 bounds the number of headers (CVE-2026-28980): never lower.
        .package(url: "https://github.com/apple/swift-nio", from: "2.100.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        // Without its default traits: they bring swift-configuration, and with it all of Foundation.
        .package(
            url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0", traits: []),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.0"),
        .package(
            url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: pure + shell + channels + programs + system + testing + suites + benches,
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
