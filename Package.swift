// swift-tools-version: 6.2
import PackageDescription

/// Every target of the package builds with the same strict settings; see docs/adr and style notes
/// in CONTRIBUTING.md. `safe` adds strict memory safety and is for targets that wrap no C library.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]
let safe: [SwiftSetting] = strict + [.strictMemorySafety()]

let argumentParser = Target.Dependency.product(
    name: "ArgumentParser",
    package: "swift-argument-parser"
)
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
/// The C interface of the SQLite that GRDB links, for what GRDB does not wrap.
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")

/// Linked by wirecopy-web alone; docs/adr/0032-serve-the-page-with-hummingbird.md.
let hummingbird: [Target.Dependency] = [
    .product(name: "Hummingbird", package: "hummingbird"),
    .product(name: "HummingbirdCore", package: "hummingbird"),
    .product(name: "HTTPTypes", package: "swift-http-types"),
    .product(name: "NIOCore", package: "swift-nio"),
]

/// A C library of the system: a module map and a shim header, nothing else.
func system(_ name: String, debian: String) -> Target {
    .systemLibrary(name: name, path: "Sources/\(name)", providers: [.apt([debian])])
}

func library(
    _ name: String,
    _ dependencies: [Target.Dependency] = [],
    resources: [Resource]? = nil,
    wrapsC: Bool = false
) -> Target {
    .target(
        name: name,
        dependencies: dependencies,
        resources: resources,
        swiftSettings: wrapsC ? strict : safe
    )
}

func program(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(
        name: name,
        dependencies: dependencies + [argumentParser],
        swiftSettings: safe
    )
}

func tests(
    _ name: String,
    _ dependencies: [Target.Dependency],
    resources: [Resource]? = nil
) -> Target {
    .testTarget(
        name: name,
        dependencies: dependencies,
        resources: resources,
        swiftSettings: strict
    )
}

let systemLibraries = [
    system("CZeroMQ", debian: "libzmq3-dev"),
    system("CEpoll", debian: "libc6-dev"),
    system("CCurl", debian: "libcurl4-openssl-dev"),
    system("CZlib", debian: "zlib1g-dev"),
    system("CDeflate", debian: "libdeflate-dev"),
    system("CCrypto", debian: "libssl-dev"),
    system("CMalloc", debian: "libc6-dev"),
    system("CPostgreSQL", debian: "libpq-dev"),
    system("CSQLiteSettings", debian: "libsqlite3-dev"),
]

/// Targets that know nothing of news.
let foundations = [
    library("ZeroMQ", ["CZeroMQ"], wrapsC: true),
    library("Readiness", ["CEpoll"], wrapsC: true),
    library("Curl", ["CCurl", "Readiness"], wrapsC: true),
    library("Gzip", ["CDeflate", "CZlib"], wrapsC: true),
    library("Digests", ["CCrypto"], wrapsC: true),
    library("PostgreSQL", ["CPostgreSQL"], wrapsC: true),
    library("SharedSQLite", [sqlite], wrapsC: true),
    library("DiskAccess"),
    library("WebArchive", ["Gzip", "Digests"]),
    library("WHATWGURL"),
    library("PageIdentity", ["WHATWGURL"]),
    library("RobotsFile"),
    library("HTMLDocument"),
    library("SplitMix"),
    library("HTMLPath", ["HTMLDocument"]),
    library("MarkupReader", ["HTMLDocument"]),
    library("Feeds", ["MarkupReader", "HTMLDocument", "HTMLPath", "WHATWGURL"]),
    library("Sitemaps", ["MarkupReader", "Feeds", "Gzip", "WHATWGURL"]),
    library("DecisionForest"),
    library("ForestTraining", ["DecisionForest", "SplitMix"]),
    library("HTTPServer"),
    library("FaultProxy", ["SplitMix"], wrapsC: true),
]

/// The queue and the programs' common runtime.
let queueing = [
    library("WirecopyMessages"),
    library("WirecopyMetrics"),
    library("WirecopyStatus", ["HTTPServer", "WirecopyMetrics", "WirecopyMessages", logging]),
    library(
        "WirecopyQueue",
        ["WirecopyMessages", "WirecopyMetrics", "DiskAccess", grdb, sqlite]
    ),
    library("WirecopyKeys", ["WirecopyMessages", "ZeroMQ"]),
    library(
        "WirecopyBroker",
        [
            "WirecopyMessages", "WirecopyQueue", "WirecopyKeys", "WirecopyMetrics",
            "WirecopyStatus", "HTTPServer", "ZeroMQ", logging,
        ]
    ),
    library("WirecopyClient", ["WirecopyMessages", "WirecopyKeys", "ZeroMQ", logging]),
    library(
        "WirecopyProgram",
        ["WirecopyKeys", "HTTPServer", "CMalloc", argumentParser, logging]
    ),
    library(
        "WirecopyWorker",
        [
            "WirecopyMessages", "WirecopyClient", "WirecopyProgram", "WirecopyMetrics",
            "WirecopyStatus", "HTTPServer", "ZeroMQ", argumentParser, logging,
        ]
    ),
]

/// The whole pipeline in one process, from a seed; and its program below.
let simulation = [
    library(
        "WirecopySimulation",
        [
            "WirecopyMessages", "WirecopyQueue", "WirecopyBroker", "WirecopyClient",
            "WirecopyWorker", "SplitMix",
        ]
    )
]

/// Which articles report on one story, and what a reader is told of it.
let stories = [
    library("WirecopyStories", ["WirecopyMessages"], resources: [.copy("Resources")])
]

/// One target a stage; none of them imports ZeroMQ, the worker runtime or another stage.
let stages = [
    library(
        "WirecopyFetch",
        [
            "WirecopyMessages", "WebArchive", "Digests", "Curl", "Gzip", "WHATWGURL",
            "PageIdentity", "RobotsFile", "Feeds", "Sitemaps", "HTMLDocument",
        ]
    ),
    library(
        "WirecopyParse",
        [
            "WirecopyMessages", "WebArchive", "HTMLDocument", "HTMLPath", "DecisionForest", "Gzip",
            "WHATWGURL", "RobotsFile",
        ],
        resources: [.copy("Resources")]
    ),
    library(
        "WirecopyEntities",
        ["WirecopyMessages", "DecisionForest"],
        resources: [.copy("Resources")]
    ),
    library(
        "WirecopyStorage",
        [
            "WirecopyMessages", "WirecopyStories", "Digests", "PageIdentity", "CSQLiteSettings",
            "PostgreSQL", "SharedSQLite", "DiskAccess", grdb, sqlite,
        ]
    ),
]

/// The page and its API, without a socket.
let web = [
    library(
        "WirecopyWeb",
        [
            "WirecopyMessages", "WirecopyClient", "WirecopyStorage", "WirecopyStories", "Digests",
            logging,
        ],
        resources: [.copy("Resources")]
    )
]

let programs = [
    program(
        "wirecopy-broker",
        [
            "WirecopyBroker", "WirecopyQueue", "WirecopyKeys", "WirecopyStatus", "HTTPServer",
            "WirecopyProgram",
        ]
    ),
    program("wirecopy-fetcher", ["WirecopyFetch", "Curl", "WirecopyWorker", "WirecopyProgram"]),
    program(
        "wirecopy-parser",
        ["WirecopyParse", "WirecopyWorker", "WirecopyProgram", logging]
    ),
    program(
        "wirecopy-entity-extractor",
        ["WirecopyEntities", "WirecopyWorker", "WirecopyProgram"]
    ),
    program(
        "wirecopy-storage",
        ["WirecopyStorage", "WirecopyMessages", "WirecopyWorker", "WirecopyProgram"]
    ),
    program(
        "wirecopy",
        [
            "WirecopyMessages", "WirecopyProgram", "WirecopyKeys", "WirecopyQueue",
            "WirecopyClient", "ZeroMQ", "WirecopyFetch", "WirecopyParse", "WirecopyEntities",
            "WirecopyStorage", "WirecopyStories", "WirecopyWeb", "HTTPServer", "WebArchive",
            "Gzip", "Curl", "Feeds",
            "RobotsFile", logging,
        ]
    ),
    program(
        "wirecopy-web",
        [
            "WirecopyWeb", "WirecopyClient", "WirecopyMessages", "WirecopyProgram", "HTTPServer",
            logging,
        ] + hummingbird
    ),
    program("wirecopy-newsroom", ["WirecopyNewsroom"]),
    program(
        "wirecopy-train",
        [
            "WirecopyMessages", "WirecopyParse", "WirecopyEntities", "WirecopyProgram",
            "WirecopyStories", "DecisionForest", "ForestTraining", "Gzip", "HTMLDocument",
            "SplitMix",
        ]
    ),
    program("wirecopy-simulate", ["WirecopySimulation", "WirecopyProgram"]),
    program(
        "wirecopy-faults",
        [
            "FaultProxy", "WirecopyMessages", "WirecopyParse", "WirecopyProgram",
            "WirecopyStorage", "WirecopyWorker", "ZeroMQ", "SplitMix", "PostgreSQL", grdb,
        ]
    ),
    program(
        "wirecopy-fuzz",
        [
            "WirecopyMessages", "WirecopyParse", "WirecopyProgram", "WirecopyQueue", "WebArchive",
            "Gzip", "ZeroMQ", "HTTPServer", "SplitMix", "WHATWGURL", "PageIdentity", "RobotsFile",
            "MarkupReader", "Feeds", "Sitemaps", "HTMLDocument",
        ]
    ),
    program(
        "wirecopy-bench",
        [
            "WirecopyMessages", "WirecopyProgram", "WirecopyQueue", "WirecopyBroker", "ZeroMQ",
            "WirecopyParse", "WirecopyEntities", "WirecopyStorage", "WirecopyStories",
            "HTMLDocument", "WebArchive", "Gzip", "WirecopyFetch", "WirecopyKeys",
            "WirecopyNewsroom", "Curl", "SplitMix", "Readiness", logging,
        ]
    ),
]

/// What several suites need.
let testSupport: [Target] = [
    .target(
        name: "ConformanceFolder",
        path: "Tests/ConformanceFolder",
        swiftSettings: safe
    )
]

let suites = [
    tests("ZeroMQTests", ["ZeroMQ"]),
    tests("PostgreSQLTests", ["PostgreSQL"]),
    tests("SharedSQLiteTests", ["SharedSQLite", sqlite]),
    tests("DiskAccessTests", ["DiskAccess"]),
    tests("ReadinessTests", ["Readiness"]),
    tests("WebArchiveTests", ["WebArchive", "Gzip", "Digests"]),
    tests("WHATWGURLTests", ["WHATWGURL", "ConformanceFolder"]),
    tests("PageIdentityTests", ["PageIdentity"]),
    tests("RobotsFileTests", ["RobotsFile", "ConformanceFolder"]),
    tests("HTMLDocumentTests", ["HTMLDocument", "ConformanceFolder"]),
    tests("HTMLPathTests", ["HTMLPath", "HTMLDocument"]),
    tests("MarkupReaderTests", ["MarkupReader", "HTMLDocument"]),
    tests("FeedsTests", ["Feeds", "WHATWGURL", "HTMLDocument", "ConformanceFolder"]),
    tests("SitemapsTests", ["Sitemaps", "Gzip", "WHATWGURL", "ConformanceFolder"]),
    tests("DecisionForestTests", ["DecisionForest", "ForestTraining"]),
    tests("WirecopyMessagesTests", ["WirecopyMessages"]),
    tests(
        "WirecopyQueueTests",
        ["WirecopyQueue", "WirecopyMessages", "WirecopyMetrics", grdb]
    ),
    tests("WirecopyKeysTests", ["WirecopyKeys", "WirecopyMessages", "ZeroMQ"]),
    tests("WirecopyProgramTests", ["WirecopyProgram"]),
    tests(
        "WirecopyWorkerTests",
        ["WirecopyWorker", "WirecopyClient", "WirecopyMessages", "WirecopyStatus", "ZeroMQ"]
    ),
    tests(
        "WirecopyBrokerTests",
        ["WirecopyBroker", "WirecopyQueue", "WirecopyKeys", "WirecopyMessages", "ZeroMQ", logging]
    ),
    tests(
        "WirecopyFetchTests",
        [
            "WirecopyFetch", "WirecopyMessages", "WirecopyNewsroom", "WebArchive", "Curl", "Gzip",
            "ConformanceFolder", "FaultProxy", "HTTPServer",
        ]
    ),
    tests(
        "WirecopyParseTests",
        ["WirecopyParse", "WirecopyMessages", "WebArchive", "HTMLDocument", "HTMLPath"]
    ),
    tests("WirecopyTrainTests", ["wirecopy-train", "WirecopyEntities", "WirecopyMessages"]),
    tests("WirecopyEntitiesTests", ["WirecopyEntities", "WirecopyMessages", "DecisionForest"]),
    tests(
        "WirecopyStorageTests",
        [
            "WirecopyStorage", "WirecopyStories", "WirecopyMessages", "PostgreSQL", "SplitMix",
            grdb,
        ]
    ),
    tests(
        "WirecopyStoriesTests",
        ["WirecopyStories", "WirecopyEntities", "WirecopyMessages", "SplitMix"],
        resources: [.copy("Resources")]
    ),
    tests(
        "WirecopyWebTests",
        [
            "WirecopyWeb", "WirecopyMessages", "WirecopyStorage", "WirecopyStories",
            "WirecopyClient", grdb, logging,
        ]
    ),
    tests(
        "WirecopyNewsroomTests",
        [
            "WirecopyNewsroom", "WirecopyParse", "WirecopyEntities", "WirecopyStorage",
            "WirecopyStories", "WirecopyMessages", "SplitMix", "HTTPServer",
        ]
    ),
    tests("HTTPServerTests", ["HTTPServer"]),
    tests(
        "WirecopyStatusTests",
        [
            "WirecopyStatus", "WirecopyMetrics", "HTTPServer", "WirecopyBroker", "WirecopyWorker",
            "WirecopyQueue", "WirecopyClient", "WirecopyMessages", "ZeroMQ", logging,
        ]
    ),
    tests(
        "WirecopyCommandTests",
        [
            "wirecopy", "WirecopyMessages", "WirecopyProgram", "WirecopyQueue", "WirecopyBroker",
            "WirecopyClient", "WirecopyStorage", "WirecopyStories", "WirecopyFetch",
            "WirecopyWeb", "WebArchive",
            argumentParser, logging,
        ]
    ),
    tests(
        "IntegrationTests",
        [
            "WirecopyMessages", "WirecopyNewsroom", "WebArchive", "wirecopy", "wirecopy-broker",
            "wirecopy-fetcher", "wirecopy-parser", "wirecopy-entity-extractor", "wirecopy-storage",
            "wirecopy-web", grdb,
        ]
    ),
    tests("FaultProxyTests", ["FaultProxy"]),
    tests(
        "FuzzTests",
        ["wirecopy-fuzz", "WirecopyStatus", "HTTPServer", logging],
        resources: [.copy("Findings")]
    ),
    tests("PipelineSimulationTests", ["WirecopySimulation", "WirecopyQueue"]),
    tests("TidyTests", []),
]

let package = Package(
    name: "wirecopy",
    products: programs.map { .executable(name: $0.name, targets: [$0.name]) },
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(
            url: "https://github.com/hummingbird-project/hummingbird",
            exact: "2.28.1",
            traits: []
        ),
        .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0", traits: []),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.0"),
    ],
    targets: systemLibraries + foundations + queueing + stories + stages + web + simulation
        + [library("WirecopyNewsroom", ["HTTPServer"], resources: [.copy("Resources")])]
        + programs + testSupport + suites,
    swiftLanguageModes: [.v6]
)
