/// `[store]`: where everything is kept.
public struct StoreConfiguration: Equatable, Sendable {
    public let location: StoreLocation
}

enum StoreKeys {
    static let url = RequiredKey<StoreLocation>(
        "url", .store,
        "The database. With SQLite it is one file and the whole of what has to be backed up; it is created when it is not there.",
        example: "\"sqlite:/var/lib/hamdel/hamdel.db\"")
    static let section = SectionDescription(
        "store", .table, "Where tickets, messages and everything else are kept.",
        keys: [url.description])
}

extension ConfigurationReader {
    mutating func store(_ section: SectionTable) -> StoreConfiguration? {
        read(StoreKeys.url, section).map { StoreConfiguration(location: $0) }
    }
}
