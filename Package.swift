// swift-tools-version: 6.2
// The wings and the laws between them: Core < Modules < Services < App. Imports run down, never up;
// the scripts build with `--explicit-target-dependency-import-check error`, so a breach does not pass.

import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

extension Target.Dependency {
    static let collections = product(name: "Collections", package: "swift-collections")
    static let heap = product(name: "HeapModule", package: "swift-collections")
    static let grdb = product(name: "GRDB", package: "GRDB.swift")
    static let yams = product(name: "Yams", package: "Yams")
    static let logging = product(name: "Logging", package: "swift-log")
    static let lifecycle = product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
    static let unixSignals = product(name: "UnixSignals", package: "swift-service-lifecycle")
    static let subprocess = product(name: "Subprocess", package: "swift-subprocess")
    static let systemPackage = product(name: "SystemPackage", package: "swift-system")
    static let hummingbird = product(name: "Hummingbird", package: "hummingbird")
    static let httpTypes = product(name: "HTTPTypes", package: "swift-http-types")
    static let hummingbirdCore = product(name: "HummingbirdCore", package: "hummingbird")
    static let nio = product(name: "NIOCore", package: "swift-nio")
    static let nioPosix = product(name: "NIOPosix", package: "swift-nio")
    static let nioHTTP1 = product(name: "NIOHTTP1", package: "swift-nio")
    static let nioHTTPTypes = product(name: "NIOHTTPTypes", package: "swift-nio-extras")
    static let nioHTTPTypesHTTP1 = product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras")
    static let crypto = product(name: "Crypto", package: "swift-crypto")
    static let argumentParser = product(name: "ArgumentParser", package: "swift-argument-parser")
}

func room(_ wing: String, _ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, path: "Sources/\(wing)/\(name)", swiftSettings: settings)
}

func program(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, path: "Sources/App/\(name)", swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: dependencies, path: "Tests/\(name)", exclude: exclude,
        swiftSettings: settings)
}

let package = Package(
    name: "4runr",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "4runr", targets: ["CommandLine"]),
        .executable(name: "benchmarks", targets: ["Benchmarks"]),
        // Reads telephone numbers. It is loaded when the first page is read.
        .library(name: "phones", type: .dynamic, targets: ["CPhones"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    ],
    targets: [
        // Core: what everything stands on.
        .target(name: "CDomainNames", path: "Sources/Core/CDomainNames", linkerSettings: [.linkedLibrary("dl")]),
        room("Core", "Values", ["CDomainNames"]),
        room("Core", "Recurrence", ["Values"]),
        room("Core", "Leads", ["Values"]),
        room("Core", "AppConfiguration", ["Values", .yams]),
        room("Core", "Storage", ["Leads", "Values", .grdb]),
        .target(
            name: "CSystemd", path: "Sources/Core/CSystemd", linkerSettings: [.linkedLibrary("systemd")]),
        .target(name: "CCurl", path: "Sources/Core/CCurl", linkerSettings: [.linkedLibrary("dl")]),
        room("Core", "Transport", ["CCurl", "Values"]),
        room("Core", "Systemd", ["CSystemd", .logging]),

        // Modules: one step of a lead's way each.
        room("Modules", "Cleaning", ["Leads", "Values"]),
        room("Modules", "LeadFiles", ["Leads", "Values"]),
        room("Modules", "LeadSources", ["AppConfiguration", "Leads", "Transport", "Values"]),
        room("Modules", "Matching", ["Leads", "Values"]),
        .target(name: "CGumbo", path: "Sources/Modules/CGumbo", linkerSettings: [.linkedLibrary("gumbo")]),
        .target(name: "CWebText", path: "Sources/Modules/CWebText", linkerSettings: [.linkedLibrary("dl")]),
        .target(
            name: "CPhones", path: "Sources/Modules/CPhones", cxxSettings: [.headerSearchPath("../CWebText/include")],
            linkerSettings: [.linkedLibrary("phonenumber"), .linkedLibrary("stdc++")]),
        room("Modules", "Enrichment", ["AppConfiguration", "CGumbo", "CWebText", "Leads", "Transport", "Values"]),
        room("Modules", "Messaging", ["AppConfiguration", "Leads", "Transport", "Values"]),
        room("Modules", "Notifications", ["AppConfiguration", "Leads", "Transport", "Values"]),
        room("Modules", "AirtableSync", ["AppConfiguration", "Leads", "Storage", "Transport", "Values", .logging]),

        // Services: what keeps it going.
        room(
            "Services", "Scheduling",
            ["AppConfiguration", "Leads", "Recurrence", "Values", .heap, .logging, .subprocess, .systemPackage]),
        room("Services", "Backups", ["Leads", "Storage", "Values"]),
        room("Services", "Monitoring", ["AppConfiguration", "Leads", "Storage", "Values"]),
        room(
            "Services", "Pipeline",
            [
                "AirtableSync", "AppConfiguration", "Cleaning", "Enrichment", "LeadSources", "Leads", "Matching",
                "Messaging", "Storage", "Transport", "Values", .logging,
            ]),
        room(
            "Services", "Operations",
            [
                "AirtableSync", "AppConfiguration", "Backups", "Cleaning", "LeadFiles", "Leads", "Monitoring",
                "Pipeline",
                "Recurrence", "Scheduling", "Storage", "Transport", "Values", .crypto, .logging,
            ]),
        room(
            "Services", "WebAPI",
            [
                "AppConfiguration", "Leads", "Operations", "Values", .crypto, .httpTypes, .hummingbirdCore, .lifecycle,
                .logging, .nio, .nioHTTP1, .nioHTTPTypes, .nioHTTPTypesHTTP1, .nioPosix,
            ]),

        // App: settings become services; the program itself.
        room("App", "Sandbox", ["Leads", "Values", .httpTypes, .hummingbird, .lifecycle, .logging, .nio]),
        room(
            "App", "Daemon",
            [
                "AirtableSync", "AppConfiguration", "Backups", "CProcess", "Cleaning", "Enrichment", "LeadSources",
                "Leads", "Messaging", "Monitoring", "Notifications", "Operations", "Pipeline", "Recurrence", "Sandbox",
                "Scheduling", "Storage", "Systemd", "Transport", "Values", "WebAPI", .lifecycle, .logging, .unixSignals,
            ]),
        .target(name: "CProcess", path: "Sources/App/CProcess"),
        program("CommandLine", ["Daemon", "Leads", "Operations", "Values", .argumentParser]),
        program(
            "Benchmarks",
            [
                "AppConfiguration", "Enrichment", "LeadSources", "Leads", "Operations", "Recurrence", "Scheduling",
                "Storage", "Values", .argumentParser, .logging,
            ]),

        .target(
            name: "TestSupport",
            dependencies: [
                "Leads", "Operations", "Recurrence", "Sandbox", "Scheduling", "Storage", "Transport", "Values",
                .logging,
                .subprocess, .systemPackage,
            ],
            path: "Tests/Support",
            swiftSettings: settings),
        tests("Laws", ["TestSupport"]),
        tests("Values", ["TestSupport", "Values"]),
        tests("Recurrence", ["Recurrence", "TestSupport", "Values"]),
        tests("Leads", ["Leads", "TestSupport", "Values"]),
        tests("Cleaning", ["Cleaning", "Leads", "Values"]),
        tests("Matching", ["Cleaning", "Leads", "Matching", "Values"]),
        tests(
            "Pipeline",
            [
                "AppConfiguration", "Cleaning", "Enrichment", "LeadFiles", "LeadSources", "Leads", "Messaging",
                "Pipeline",
                "Storage", "TestSupport", "Transport", "Values", .logging,
            ]),
        tests("Enrichment", ["AppConfiguration", "Enrichment", "Leads", "TestSupport", "Transport", "Values"]),
        tests(
            "AirtableSync",
            [
                "AirtableSync", "AppConfiguration", "Cleaning", "Leads", "Operations", "Pipeline", "Sandbox", "Storage",
                "TestSupport", "Transport", "Values", .logging,
            ]),
        tests(
            "Monitoring", ["AppConfiguration", "Leads", "Monitoring", "Storage", "TestSupport", "Values"]),
        tests("Notifications", ["AppConfiguration", "Leads", "Notifications", "TestSupport", "Transport", "Values"]),
        tests("Sandbox", ["Sandbox", "TestSupport", "Transport", "Values", .logging]),
        tests("Messaging", ["AppConfiguration", "Leads", "Messaging", "TestSupport", "Transport", "Values"]),
        tests("LeadFiles", ["LeadFiles", "Leads", "TestSupport", "Values"]),
        tests("LeadSources", ["AppConfiguration", "LeadSources", "Leads", "TestSupport", "Transport", "Values"]),
        tests("Storage", ["Leads", "Storage", "TestSupport", "Values", .grdb]),
        tests(
            "Scheduling",
            [
                "AppConfiguration", "Leads", "Recurrence", "Scheduling", "Storage", "TestSupport", "Values", .logging,
                .systemPackage,
            ]),
        tests("AppConfiguration", ["AppConfiguration", "TestSupport", "Values"]),
        tests("Transport", ["TestSupport", "Transport", "Values"]),
        tests("Systemd", ["CSystemd", "Systemd", "TestSupport", .logging]),
        tests("Backups", ["Backups", "Leads", "Storage", "TestSupport", "Values"]),
        tests(
            "Operations",
            [
                "AirtableSync", "AppConfiguration", "Backups", "Cleaning", "Leads", "Monitoring", "Operations",
                "Pipeline", "Recurrence", "Scheduling", "Storage", "TestSupport", "Transport", "Values", .logging,
            ]),
        tests(
            "Daemon",
            [
                "AirtableSync", "AppConfiguration", "Backups", "Daemon", "Leads", "Operations", "Pipeline",
                "Recurrence", "Sandbox", "Scheduling", "Storage", "Systemd", "TestSupport", "Values", .logging,
            ]),
        tests("Acceptance", ["Sandbox", "Storage", "TestSupport", "Values"]),
        tests("RealSystemd", ["TestSupport"], exclude: ["boot", "scenarios"]),
    ],
    cxxLanguageStandard: .cxx17
)
