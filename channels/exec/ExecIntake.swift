internal import ChannelKit
internal import HelpdeskCore
internal import Synchronization

/// Puts the messages of one `deliver` line into the stream.
struct ExecIntake {
    /// How long a line is held while nothing can be kept. Nothing is read meanwhile: that is the back-pressure. Lines are never
    /// passed by others, or a later cursor would be committed over messages that were not.
    static let patience = Duration.seconds(30)
    static let pause = Duration.milliseconds(500)

    enum Outcome: Equatable {
        case kept
        /// Nothing is taken in now, and nothing behind it will be.
        case closed
        /// Nothing could be kept for too long; the adapter begins again from the last cursor.
        case stuck(String)
    }

    let settings: ExecSettings
    let host: any ChannelHost
    /// More is waiting already: then others get as much of the writer's time as this inbox does.
    let isHurried: Bool

    private struct Unreadable: Sendable {
        let bytes: [UInt8]
        let fault: JSONFault
    }

    private struct Reading: Sendable {
        var messages: [InboundMessage] = []
        var unreadable: [Unreadable] = []
        var files: [String] = []
    }

    /// What cannot be read is quarantined, the rest is kept, and the cursor is committed with the last of it. A death in between
    /// costs nothing: the adapter says it again, and what was kept is known by its external id.
    func take(
        _ delivery: AdapterDelivery, _ line: [UInt8], pace: inout ExecPace
    ) async -> Outcome {
        let (trust, spool) = (settings.trust, settings.spool)
        let reading = await SpoolFolder.off { Self.read(delivery, line, trust, spool) }
        do throws(DeliveryRefusal) {
            for item in reading.unreadable {
                try await persist { () async throws(DeliveryRefusal) in
                    _ = try await host.quarantine(
                        item.bytes,
                        reason: QuarantineReason(code: "malformed", detail: "\(item.fault)"))
                }
            }
            var rest = reading.messages[...]
            repeat {
                let part = rest.prefix(pace.together)
                rest = rest.dropFirst(part.count)
                let began = ContinuousClock.now
                let batch = InboundBatch(
                    messages: Array(part), cursor: rest.isEmpty ? delivery.cursor : nil)
                try await persist { () async throws(DeliveryRefusal) in
                    _ = try await host.deliver(batch)
                }
                let time = ContinuousClock.now - began
                pace.committed(part.count, in: time)
                if isHurried || !rest.isEmpty {
                    try? await Task.sleep(for: ExecPace.rest(afterMessages: time))
                }
            } while !rest.isEmpty
        } catch {
            return Self.outcome(of: error)
        }
        await settings.spool.remove(reading.files)
        return .kept
    }

    /// Tries again while it may help.
    private func persist(
        _ work: () async throws(DeliveryRefusal) -> Void
    ) async throws(DeliveryRefusal) {
        let deadline = ContinuousClock.now + Self.patience
        while true {
            do throws(DeliveryRefusal) {
                return try await work()
            } catch {
                switch error {
                case .stopping, .conflict: throw error
                case .busy, .noSpace, .storeFailed: break
                }
                guard ContinuousClock.now < deadline, !Task.isCancelled else { throw error }
                try? await Task.sleep(for: Self.pause)
            }
        }
    }

    private static func read(
        _ delivery: AdapterDelivery, _ line: [UInt8], _ trust: IdentityTrust, _ spool: SpoolFolder
    ) -> Reading {
        let files = Mutex<[String]>([])
        let decoder = MessageDecoder(
            trust: trust,
            files: .spool { path, place throws(JSONFault) in
                let bytes = try spool.read(path, at: place)
                files.withLock { $0.append(spool.inner(path)) }
                return bytes
            })
        var reading = Reading()
        for (index, node) in delivery.messages.enumerated() {
            do throws(JSONFault) {
                reading.messages.append(
                    try decoder.message(node, path: "messages[\(index)]", line))
            } catch {
                reading.unreadable.append(
                    Unreadable(bytes: Array(line[node.range]), fault: error))
            }
        }
        reading.files = files.withLock { $0 }
        return reading
    }

    static func outcome(of refusal: DeliveryRefusal) -> Outcome {
        switch refusal {
        case .stopping: .closed
        case .busy: .stuck("too much is waiting to be stored")
        case .noSpace: .stuck("space is short")
        case .storeFailed(let text): .stuck("the store failed: \(text)")
        case .conflict(let existing): .stuck(existing)
        }
    }
}
