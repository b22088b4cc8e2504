internal import HelpdeskAPI

/// What stands in one field of a table.
enum Cell: Hashable {
    /// Free text that a stranger may have written.
    case text(String?)
    /// A word of ours, a login, an address.
    case word(String?)
    case number(Int64?)
    case moment(Timestamp?)
}

/// One column: its name in CSV, and what stands in it.
struct Column<Item> {
    let name: String
    let cell: (Item) -> Cell

    init(_ name: String, _ cell: @escaping (Item) -> Cell) {
        self.name = name
        self.cell = cell
    }

    var title: String { String(name.uppercased().map { $0 == "_" ? " " : $0 }) }
}

/// What can be shown as a row.
protocol Tabular: ListItem {
    static var columns: [Column<Self>] { get }
    /// What `-o ids` prints.
    var idText: String { get }
}
