internal import ArgumentParser
internal import FoundationEssentials
internal import Glibc
internal import HelpdeskConfiguration
internal import HelpdeskCore
internal import HelpdeskEngine
internal import HelpdeskStore

struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Puts a backup in the place of the database; the daemon must be stopped.",
        discussion: """
            Verifies the backup first. What waited in its outbox may have gone out since: it is held as uncertain, and \
            `hamdeld outbox list` shows it; nothing is sent again by itself. Numbers that may have been given out since are \
            left out. Exit 6 where there is a database already (see --replace), 7 for a damaged backup, 75 while the daemon runs.
            """)
    @OptionGroup var config: ConfigurationOption
    @Argument(help: "What hamdeld backup wrote.", completion: .file()) var file: String
    @Flag(help: "Takes the place of a database with a history; that one is kept beside it.")
    var replace = false
    @Flag(help: "Restores a backup in which damage was found; what is damaged stays so.")
    var acceptDamage = false
    @Flag(help: "As JSON.") var json = false

    func run() async throws {
        let loaded = try config.load()
        do {
            try await restore(loaded)
        } catch let failure as DaemonFailure {
            Terse.complain(failure.text)
            throw ExitCode(1)
        } catch let error as StoreError {
            Terse.complain(error.text)
            throw ExitCode(1)
        }
    }

    private func restore(_ loaded: LoadedConfiguration) async throws {
        umask(0o077)
        let backup = try BackupFile(file)
        let path = try StorePath.of(loaded.configuration)
        try Privileges.becomeOwner(of: path)
        guard let lock = try StoreLock(path: path) else {
            Terse.complain("\(path) is in use; stop the daemon first: systemctl stop hamdeld")
            throw ExitCode(EX_TEMPFAIL)
        }
        let place = StoreFile(path: path)
        var erased: [CustomerID] = []
        switch await place.content() {
        case .nothing: break
        case .used(let events, _) where !replace:
            Terse.complain(
                "\(path) holds \(events) events; to put the backup in its place (it is kept beside it) add --replace"
            )
            throw ExitCode(6)
        case .unreadable(let reason) where !replace:
            Terse.complain(
                "\(path) cannot be opened (\(reason)); to put the backup in its place (it is kept beside it) add --replace"
            )
            throw ExitCode(6)
        case .used(_, let customers): erased = customers
        case .unreadable: break
        }
        let report = try await prepared(backup, place, erased)
        let aside = try place.replace(at: Surroundings.now())
        _ = consume lock
        say(report, path: path, aside: aside)
    }

    private struct Outcome {
        let restored: StoreRestored
        let events: Int
        let damaged: Int
        /// Erased again, because the database that is replaced knows them as erased.
        let erased: Int
    }

    /// The backup beside the database, brought to this version's schema, verified, and with its epoch begun.
    private func prepared(
        _ backup: BackupFile, _ place: StoreFile, _ erased: [CustomerID]
    ) async throws -> Outcome {
        do {
            try backup.copy(to: place.underWay)
            let store = try StoreFile.store(place.underWay)
            let outcome: Outcome
            do {
                let found = try store.verify()
                if !found.isIntact {
                    for difference in found.differences { Terse.complain(difference.text) }
                    guard acceptDamage else {
                        Terse.complain(
                            "\(file) is damaged in \(found.differences.count) places and was not restored; take another backup, or add --accept-damage"
                        )
                        throw ExitCode(7)
                    }
                }
                let restoring = Restoring(store, environment: Surroundings.desk)
                let restored = try restoring.begin()
                outcome = Outcome(
                    restored: restored, events: found.events, damaged: found.differences.count,
                    erased: try restoring.eraseAgain(erased))
            } catch {
                await store.close()
                throw error
            }
            await store.close()
            return outcome
        } catch {
            place.discard()
            throw error
        }
    }

    private struct Document: Encodable {
        let database: String
        let backup: String
        let epoch: Int
        let events: Int
        let through: String?
        let held: Int
        let dropped: Int
        let nextTicket: Int64
        let damagedPlaces: Int
        let erasedAgain: Int
        let replaced: String?

        enum CodingKeys: String, CodingKey {
            case database, backup, epoch, events, through, held, dropped, replaced
            case nextTicket = "next_ticket"
            case damagedPlaces = "damaged_places"
            case erasedAgain = "erased_again"
        }
    }

    private func say(_ outcome: Outcome, path: String, aside: String?) {
        let restored = outcome.restored
        let through = restored.through.map { UTCText.of($0) }
        let next = restored.ticketsThrough.rawValue &+ 1
        if json {
            let document = Document(
                database: path, backup: file, epoch: restored.epoch, events: outcome.events,
                through: through, held: restored.held, dropped: restored.dropped,
                nextTicket: next, damagedPlaces: outcome.damaged, erasedAgain: outcome.erased,
                replaced: aside)
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            Terse.say(String(decoding: (try? encoder.encode(document)) ?? Data(), as: UTF8.self))
            return
        }
        Terse.say(
            "restored \(path) from \(file): epoch \(restored.epoch), \(outcome.events) events, the last at \(through ?? "-")"
        )
        if restored.held > 0 {
            Terse.say(
                "\(restored.held) entries of the outbox may have gone out since and wait for you: hamdeld outbox list --state uncertain, then release or cancel each"
            )
        }
        if restored.dropped > 0 {
            Terse.say(
                "\(restored.dropped) notifications to agents and surveys that were due before now are dropped"
            )
        }
        Terse.say("the next ticket is \(next)")
        if outcome.erased > 0 {
            Terse.say(
                "\(outcome.erased) customers who were erased after the backup were erased again")
        }
        Terse.say(
            "agents disabled and tokens revoked after the backup are as they were before: look at hamdeld agent list"
        )
        guard let aside else {
            return Terse.say("customers who were erased after the backup are not: erase them again")
        }
        Terse.say("what was there before is \(aside)")
    }
}
