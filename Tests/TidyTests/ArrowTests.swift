import Testing

/// The arrows of DESIGN §5, each target with the modules of ours it may import. A new arrow is a decision.
@Suite("Arrows between modules")
struct ArrowTests {
    private static let allowed: [String: Set<String>] = [
        "HelpdeskCore": [],
        "HelpdeskAPI": ["HelpdeskCore"],
        "ChannelKit": ["HelpdeskCore"],
        "TOMLReading": ["CToml"],
        "HelpdeskConfiguration": ["HelpdeskCore", "TOMLReading"],
        "HelpdeskStore": ["HelpdeskCore"],
        "HelpdeskEngine": ["HelpdeskCore", "HelpdeskStore", "ChannelKit"],
        "HelpdeskServer": [
            "HelpdeskCore", "HelpdeskAPI", "HelpdeskEngine", "HelpdeskStore", "ChannelKit",
        ],
        "HelpdeskClient": ["HelpdeskCore", "HelpdeskAPI", "CurlTransport"],
        "Terminal": ["CFribidi"],
        "HelpdeskTUI": ["HelpdeskCore", "HelpdeskAPI", "Terminal"],
        "CurlTransport": ["CCurl"],
        "hamdel": [
            "HelpdeskCore", "HelpdeskAPI", "HelpdeskClient", "HelpdeskTUI", "TOMLReading",
            "Terminal",
        ],
        "hamdeld": [
            "HelpdeskCore", "HelpdeskConfiguration", "HelpdeskEngine", "HelpdeskServer",
            "HelpdeskStore", "ChannelKit", "EmailChannel", "ChatWebhookChannel",
            "PhoneLogChannel", "ExecChannel", "ConformanceKit", "CProcess", "CurlTransport",
            "TOMLReading",
        ],
        "ConformanceKit": ["HelpdeskCore", "ChannelKit", "ExecChannel", "TOMLReading"],
        "channels/email": [
            "HelpdeskCore", "ChannelKit", "CGMime", "CGumbo", "CIDN", "CurlTransport",
        ],
        "channels/chat-webhook": ["HelpdeskCore", "ChannelKit", "CurlTransport", "TOMLReading"],
        "channels/phone-log": ["HelpdeskCore", "ChannelKit", "CPhoneNumber"],
        "channels/exec": ["HelpdeskCore", "ChannelKit", "CProcess"],
    ]

    /// Outer modules that only these targets may import.
    private static let fenced: [String: Set<String>] = [
        "GRDB": ["HelpdeskStore"],
        "GRDBSQLite": ["HelpdeskStore"],
        "Hummingbird": ["HelpdeskServer", "hamdeld"],
        "Mustache": ["HelpdeskServer"],
        "NIOCore": ["HelpdeskServer", "channels/email", "hamdeld"],
        "NIOPosix": ["channels/email", "hamdeld"],
        // ICU costs 44 MB and start-up time: the daemon's shell alone pays it, for time zones.
        "Foundation": ["hamdeld"],
        "FoundationNetworking": [],
        "ArgumentParser": ["hamdel", "hamdeld"],
    ]

    private static let ours: Set<String> = Set(allowed.keys.filter { !$0.contains("/") }).union([
        "EmailChannel", "ChatWebhookChannel", "PhoneLogChannel", "ExecChannel", "CCurl", "CGMime",
        "CGLib",
        "CGumbo", "CFribidi", "CIDN", "CPhoneNumber", "CProcess", "CToml",
    ])

    @Test("every target imports only what its arrows allow")
    func arrows() {
        for file in SourceTree.product {
            let allowed = Self.allowed[file.target]
            #expect(allowed != nil, "\(file.path): target \(file.target) has no arrows yet")
            for module in file.imports where Self.ours.contains(module) {
                #expect(
                    allowed?.contains(module) == true,
                    "\(file.path) imports \(module): the arrow \(file.target) → \(module) is not in DESIGN §5"
                )
            }
        }
    }

    @Test("frameworks stay behind their fence")
    func fences() {
        for file in SourceTree.product {
            for module in file.imports {
                guard let users = Self.fenced[module] else { continue }
                #expect(users.contains(file.target), "\(file.path) may not import \(module)")
            }
        }
    }

    @Test("the core imports nothing")
    func pureCore() {
        for file in SourceTree.product where file.target == "HelpdeskCore" {
            #expect(file.imports.isEmpty, "\(file.path) imports \(file.imports)")
        }
    }

    @Test("the tree was found")
    func found() { #expect(SourceTree.product.count > 200) }
}
