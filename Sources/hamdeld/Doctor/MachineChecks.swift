internal import CProcess
internal import Glibc
internal import HelpdeskConfiguration
internal import HelpdeskCore
internal import HelpdeskEngine

/// What the configuration itself warns of; that it is right at all was found before any check runs.
struct ConfigurationCheck: DoctorCheck {
    let name = "configuration"

    func findings(in room: DoctorRoom) async -> [DoctorFinding] {
        let warnings = room.loaded.warnings.map { warning in
            DoctorFinding(
                check: name, state: .warning, subject: "\(warning.place)",
                text: "\(warning.key): \(warning.text)", advice: "see Docs/Configuration.md")
        }
        guard warnings.isEmpty else { return warnings }
        let count = room.loaded.files.count
        return [
            DoctorFinding(
                check: name, state: .fine, subject: room.loaded.files.first ?? "-",
                text: "\(count) \(count == 1 ? "file" : "files"), nothing wrong")
        ]
    }
}

/// Who may read what only the daemon should.
struct PermissionCheck: DoctorCheck {
    let name = "permissions"

    func findings(in room: DoctorRoom) async -> [DoctorFinding] {
        var findings: [DoctorFinding] = []
        for use in room.loaded.secretUses {
            guard case .file(let path) = use.source else { continue }
            findings += look(at: path, beyond: 0o027, what: "the secret")
        }
        if let path = try? StorePath.of(room.loaded.configuration) {
            findings += look(at: path, beyond: 0o077, what: "the database")
        }
        for file in room.loaded.files {
            findings += look(at: file, beyond: 0o022, what: "the configuration")
        }
        guard findings.isEmpty else { return findings }
        return [
            DoctorFinding(
                check: name, state: .fine, subject: "files",
                text: "secrets, database and configuration are open to nobody else")
        ]
    }

    private func look(at path: String, beyond forbidden: mode_t, what: String) -> [DoctorFinding] {
        var status = hamdel_file_status()
        guard hamdel_status_of_path(path, &status) == 0, status.mode & forbidden != 0 else {
            return []
        }
        let mode = String(status.mode & 0o777, radix: 8)
        let wanted = String(status.mode & 0o777 & ~forbidden, radix: 8)
        return [
            DoctorFinding(
                check: name, state: .problem, subject: path,
                text:
                    "\(what) has the permissions \(mode): others may \(status.mode & forbidden & 0o444 != 0 ? "read" : "change") it",
                advice: "chmod \(wanted) \(path)")
        ]
    }
}

/// Room for the database, and whether it is being used well.
struct DiskCheck: DoctorCheck {
    let name = "disk"
    /// A journal that grows beyond this is held open by somebody, or checkpoints fail.
    private static let longJournal: Int64 = 256 << 20

    func findings(in room: DoctorRoom) async -> [DoctorFinding] {
        guard let path = try? StorePath.of(room.loaded.configuration) else { return [] }
        let limits = room.loaded.configuration.limits
        let free = Surroundings.freeSpace(beside: path, reserve: 0)
        let reserve = Int64(max(limits.freeSpace, limits.messageSize / 2 * 3))
        let size = Self.size(path)
        let figures = [
            "free_bytes": Int(clamping: free), "database_bytes": Int(clamping: size),
            "reserve_bytes": Int(clamping: reserve),
        ]
        func finding(
            _ state: DoctorFinding.State, _ text: String, _ advice: String? = nil
        ) -> DoctorFinding {
            DoctorFinding(
                check: name, state: state, subject: path, text: text, advice: advice,
                figures: figures)
        }
        var findings: [DoctorFinding] = []
        let said = "\(Self.mebibytes(free)) free, the database takes \(Self.mebibytes(size))"
        if free <= reserve {
            findings.append(
                finding(
                    .problem, "\(said): mail is put off with 452",
                    "free space; below \(Self.mebibytes(reserve)) nothing is taken ([limits] free_space)"
                ))
        } else if free <= reserve * 4 || free < size / 4 {
            findings.append(
                finding(
                    .warning, "\(said): it gets short", "make room before mail is put off with 452")
            )
        } else {
            findings.append(finding(.fine, said))
        }
        let journal = Self.size(path + "-wal")
        if journal > Self.longJournal {
            findings.append(
                finding(
                    .warning, "the journal takes \(Self.mebibytes(journal))",
                    "something reads for very long, a verify or a copying tool; it shrinks when that ends"
                ))
        }
        return findings
    }

    private static func size(_ path: String) -> Int64 {
        var status = hamdel_file_status()
        return hamdel_status_of_path(path, &status) == 0 ? Int64(status.size) : 0
    }

    private static func mebibytes(_ bytes: Int64) -> String {
        bytes == .max ? "an unknown amount" : "\(bytes >> 20) MiB"
    }
}

/// Deadlines, signatures of webhooks and tokens need the right time.
struct ClockCheck: DoctorCheck {
    let name = "clock"

    func findings(in room: DoctorRoom) async -> [DoctorFinding] {
        var findings: [DoctorFinding] = []
        if let last = (await StateCheck.state(room))?.lastEvent, last > room.now + .minutes(1) {
            findings.append(
                DoctorFinding(
                    check: name, state: .problem, subject: "store",
                    text: "the last event happened at \(UTCText.of(last)), which is still to come",
                    advice: "the clock was put back: see timedatectl, and that an NTP service runs")
            )
        }
        let isSynchronised = hamdel_clock_is_kept() == 1
        findings.append(
            DoctorFinding(
                check: name, state: isSynchronised ? .fine : .warning, subject: "system",
                text: isSynchronised
                    ? "\(UTCText.of(room.now)), kept by NTP"
                    : "\(UTCText.of(room.now)); nobody keeps the clock right",
                advice: isSynchronised ? nil : "install and start an NTP service, such as chrony"))
        return findings
    }
}
