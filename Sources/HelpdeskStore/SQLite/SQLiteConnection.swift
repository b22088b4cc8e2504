internal import GRDB
internal import GRDBSQLite

/// `SQLConnection` over a GRDB connection: GRDB keeps the connection and the statement cache, binding and
/// stepping go straight to SQLite because they stand in the path of every message.
///
/// Lives only inside a GRDB access block, on that connection's queue, and is not handed out of it.
struct SQLiteConnection: SQLConnection {
    let database: Database

    @discardableResult
    func execute(_ sql: String, _ parameters: [any SQLBindable]) throws(StoreError) -> Int {
        let statement = try prepare(sql, parameters)
        defer { reset(statement) }
        var code = sqlite3_step(statement)
        while code == SQLITE_ROW { code = sqlite3_step(statement) }
        guard code == SQLITE_DONE else { throw failure(code) }
        return Int(sqlite3_changes(sqlite3_db_handle(statement)))
    }

    func rows(
        _ sql: String, _ parameters: [any SQLBindable],
        _ body: (borrowing SQLRow) throws(StoreError) -> Continuation
    ) throws(StoreError) {
        let statement = try prepare(sql, parameters)
        defer { reset(statement) }
        let row = SQLRow(count: Int(sqlite3_column_count(statement))) { column in
            Self.value(statement, Int32(column))
        }
        while true {
            let code = sqlite3_step(statement)
            if code == SQLITE_DONE { return }
            guard code == SQLITE_ROW else { throw failure(code) }
            if try body(row) == .stop { return }
        }
    }

    /// The cached statement with its parameters bound by place: `$n` is first used in ascending order, which the Tidy
    /// test holds, so that place and number agree.
    private func prepare(
        _ sql: String, _ parameters: [any SQLBindable]
    ) throws(StoreError) -> OpaquePointer {
        let statement: OpaquePointer
        do {
            statement = try database.cachedStatement(sql: sql).sqliteStatement
        } catch let error as DatabaseError {
            throw .statement(
                code: Int(error.resultCode.rawValue),
                message: "\(error.message ?? "unknown") in: \(sql)")
        } catch {
            throw .statement(code: 0, message: "\(error)")
        }
        guard Int(sqlite3_bind_parameter_count(statement)) == parameters.count else {
            throw .statement(code: 0, message: "wrong number of parameters for: \(sql)")
        }
        var index: Int32 = 1
        for parameter in parameters {
            let code = Self.bind(parameter.sqlValue, to: statement, at: index)
            guard code == SQLITE_OK else { throw failure(code) }
            index &+= 1
        }
        return statement
    }

    private func reset(_ statement: OpaquePointer) {
        sqlite3_reset(statement)
        sqlite3_clear_bindings(statement)
    }

    /// Lengths go through the 64-bit calls, so no size can overflow; SQLite copies (SQLITE_TRANSIENT).
    private static func bind(
        _ value: SQLValue, to statement: OpaquePointer, at index: Int32
    ) -> Int32 {
        let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        switch value {
        case .null:
            return sqlite3_bind_null(statement, index)
        case .integer(let integer):
            return sqlite3_bind_int64(statement, index, integer)
        case .text(var text):
            return text.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) { characters in
                    // SQLite reads a nil pointer as NULL; an empty text must stay a text.
                    guard let base = characters.baseAddress else {
                        return sqlite3_bind_text(statement, index, "", 0, transient)
                    }
                    return sqlite3_bind_text64(
                        statement, index, base, UInt64(characters.count), transient,
                        UInt8(SQLITE_UTF8))
                }
            }
        case .blob(let bytes):
            return bytes.withUnsafeBytes { buffer in
                guard let base = buffer.baseAddress else {
                    return sqlite3_bind_zeroblob(statement, index, 0)
                }
                return sqlite3_bind_blob64(
                    statement, index, base, UInt64(buffer.count), transient)
            }
        }
    }

    private static func value(_ statement: OpaquePointer, _ column: Int32) -> SQLValue {
        switch sqlite3_column_type(statement, column) {
        case SQLITE_INTEGER:
            return .integer(sqlite3_column_int64(statement, column))
        case SQLITE_TEXT:
            guard let text = sqlite3_column_text(statement, column) else { return .text("") }
            let count = Int(sqlite3_column_bytes(statement, column))
            let bytes = UnsafeBufferPointer(start: text, count: count)
            return .text(String(decoding: bytes, as: UTF8.self))
        case SQLITE_BLOB:
            let count = Int(sqlite3_column_bytes(statement, column))
            guard let base = sqlite3_column_blob(statement, column) else { return .blob([]) }
            return .blob(Array(UnsafeRawBufferPointer(start: base, count: count)))
        case SQLITE_FLOAT:
            return .integer(sqlite3_column_int64(statement, column))
        default:
            return .null
        }
    }

    private func failure(_ code: Int32) -> StoreError {
        let message =
            database.sqliteConnection.flatMap { sqlite3_errmsg($0) }
            .map { String(cString: $0) } ?? "unknown"
        return SQLiteConnection.error(code: code, message: message)
    }

    static func error(code: Int32, message: String) -> StoreError {
        switch code & 0xFF {
        case SQLITE_FULL: .diskFull
        case SQLITE_IOERR: .inputOutput(message)
        case SQLITE_BUSY, SQLITE_LOCKED: .locked(message)
        case SQLITE_CORRUPT, SQLITE_NOTADB: .damaged(message)
        default: .statement(code: Int(code), message: message)
        }
    }
}
