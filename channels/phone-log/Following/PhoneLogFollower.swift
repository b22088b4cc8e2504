internal import ChannelKit
internal import HelpdeskCore

/// Reads what was added to a log, or to the files of a folder, since the last look. What was read is durable together with
/// how far it was read; after a death at any moment reading goes on there, and rows that come twice add nothing.
struct PhoneLogFollower {
    static let chunkBytes = 256 * 1024
    /// A long log is made durable in steps.
    static let stepBytes = 4 * 1024 * 1024
    /// A file of a folder whose last line has no end, and that was left alone for so many looks, is complete.
    static let patience = 30

    private let channel: PhoneLogChannel
    private let path: String
    private let host: any ChannelHost
    private let disk = LogDisk()
    private var places: LogPlaces
    private var isFirstLook: Bool
    private enum Source { case file, folder }
    private var source = Source.file
    private var readings: [String: LogReading] = [:]

    init(
        _ channel: PhoneLogChannel, path: String, from cursor: Cursor?, host: any ChannelHost
    ) {
        self.channel = channel
        self.path = path
        self.host = host
        places = cursor.map { LogPlaces($0) } ?? LogPlaces()
        isFirstLook = cursor == nil
    }

    /// One look at everything. Rows at the end wait until nothing more came since the look before, because the rows of one call
    /// are written together.
    mutating func look() async throws {
        let files: [LogDisk.File]
        switch await disk.kind(of: path) {
        case nil:
            // A log that comes into being later is new from its first row.
            isFirstLook = false
            return
        case .file(let file): files = [file]
        case .folder:
            source = .folder
            files = await disk.files(in: path)
            places.keep(only: Set(files.map(\.path)))
        }
        if isFirstLook {
            isFirstLook = false
            if channel.settings.followFrom == .end { return try await beginAtEnd(files) }
        }
        for file in files { try await look(at: file) }
    }

    private mutating func beginAtEnd(_ files: [LogDisk.File]) async throws {
        for file in files {
            let end = await lastLineEnd(file)
            let head = await disk.read(file, from: 0, atMost: LogPlaces.headBytes) ?? []
            places[file.path] = LogPlaces.Place(
                inode: file.inode, offset: end, head: LogPlaces.head(head, of: end))
        }
        _ = try await host.deliver(InboundBatch(messages: [], cursor: places.cursor))
    }

    /// A last line that is half written belongs to what is still to come.
    private func lastLineEnd(_ file: LogDisk.File) async -> Int {
        let start = max(0, file.size - CSVReader.maximumRowBytes)
        let tail = await disk.read(file, from: start, atMost: CSVReader.maximumRowBytes) ?? []
        return tail.lastIndex(of: 0x0A).map { start + $0 + 1 } ?? start
    }

    private mutating func look(at file: LogDisk.File) async throws {
        let name = file.path
        if let place = places[name], place.inode != file.inode {
            try await readRest(of: name, place, besides: file)
            places[name] = nil
            readings[name] = nil
        }
        let head = await disk.read(file, from: 0, atMost: LogPlaces.headBytes) ?? []
        if let place = places[name],
            file.size < place.offset || LogPlaces.head(head, of: place.offset) != place.head
        {
            // Cut off, and perhaps grown again since: another log under the old name.
            places[name] = nil
            readings[name] = nil
        }
        var reading: LogReading
        if let known = readings[name] {
            reading = known
        } else {
            let from = places[name]?.offset ?? 0
            guard file.size > from else { return }
            reading = try await begin(file, at: from)
        }
        readings[name] = nil
        let isGrowing = file.size > reading.position
        try await read(&reading, file, head)
        reading.idleLooks = isGrowing ? 0 : reading.idleLooks + 1
        if source == .folder, reading.idleLooks >= Self.patience {
            return try await complete(&reading, file, head)
        }
        if !isGrowing, reading.isUnsettled { try await settle(&reading, file, head) }
        // Settled and at rest: its place is all that must be remembered.
        if isGrowing || reading.isUnsettled || reading.position > reading.settled {
            readings[name] = reading
        }
    }

    private mutating func complete(
        _ reading: inout LogReading, _ file: LogDisk.File, _ head: [UInt8]
    ) async throws {
        _ = try await reading.rows.finish()
        places[file.path] = LogPlaces.Place(
            inode: file.inode, offset: reading.position,
            head: LogPlaces.head(head, of: reading.position))
        try await settle(&reading, name: file.path)
    }

    private func begin(_ file: LogDisk.File, at offset: Int) async throws -> LogReading {
        var reading = LogReading(
            position: offset, base: offset, rows: PhoneLogImport(channel, host: host))
        if offset > 0, case .csv = channel.settings.reader,
            let names = await disk.read(file, from: 0, atMost: CSVReader.maximumRowBytes)
        {
            try reading.rows.takeNames(names)
        }
        return reading
    }

    private mutating func read(
        _ reading: inout LogReading, _ file: LogDisk.File, _ head: [UInt8]
    ) async throws {
        while reading.position < file.size {
            guard
                let chunk = await disk.read(
                    file, from: reading.position,
                    atMost: min(Self.chunkBytes, file.size - reading.position)), !chunk.isEmpty
            else { return }
            reading.position += chunk.count
            reading.isUnsettled = true
            try await reading.rows.read(chunk)
            if reading.position - reading.settled >= Self.stepBytes {
                try await settle(&reading, file, head)
            }
        }
    }

    private mutating func settle(
        _ reading: inout LogReading, _ file: LogDisk.File, _ head: [UInt8]
    ) async throws {
        let offset = reading.base + reading.rows.settledBytes
        // The head was read when the look began: a file that has grown since is checked by what was there.
        let known =
            head.count < min(offset, LogPlaces.headBytes)
            ? await disk.read(file, from: 0, atMost: LogPlaces.headBytes) ?? head : head
        places[file.path] = LogPlaces.Place(
            inode: file.inode, offset: offset, head: LogPlaces.head(known, of: offset))
        try await settle(&reading, name: file.path)
        reading.settled = offset
        reading.isUnsettled = false
    }

    private func settle(_ reading: inout LogReading, name: String) async throws {
        for row in reading.rows.rejectedRows {
            _ = try await host.quarantine(
                row.bytes,
                reason: QuarantineReason(
                    code: "phone_log_row", detail: "\(name) line \(row.line): \(row.reason)"))
        }
        reading.rows.forgetRejectedRows()
        try await reading.rows.settle(places.cursor)
    }

    /// The log was rotated: what was added to it before, and not read, stands in the file that has its inode now.
    private mutating func readRest(
        of name: String, _ place: LogPlaces.Place, besides file: LogDisk.File
    ) async throws {
        let folder = name.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(name[..<$0]) } ?? "."
        let others = await disk.files(in: folder)
        guard let old = others.first(where: { $0.inode == place.inode && $0.path != name }) else {
            return
        }
        var reading: LogReading
        if let known = readings[name] {
            reading = known
        } else {
            guard old.size > place.offset else { return }
            reading = try await begin(old, at: place.offset)
        }
        while reading.position < old.size {
            guard
                let chunk = await disk.read(
                    old, from: reading.position,
                    atMost: min(Self.chunkBytes, old.size - reading.position)), !chunk.isEmpty
            else { break }
            reading.position += chunk.count
            try await reading.rows.read(chunk)
        }
        // Nothing will be added to it: its last line is whole.
        _ = try await reading.rows.finish()
        places[name] = nil
        try await settle(&reading, name: old.path)
    }
}

/// A file that is being read.
struct LogReading {
    /// Bytes of the file handed to `rows`, from its beginning.
    var position: Int
    /// Where `rows` began.
    let base: Int
    var settled = 0
    var isUnsettled = false
    var idleLooks = 0
    var rows: PhoneLogImport

    init(position: Int, base: Int, rows: PhoneLogImport) {
        self.position = position
        self.base = base
        self.settled = base
        self.rows = rows
    }
}
