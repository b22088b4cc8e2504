internal import ChannelKit
internal import HelpdeskCore

/// FreeSWITCH's JSON records (mod_json_cdr): one object per call, one or many in a file. Values are percent-encoded
/// there unless `encode-values` is off.
struct FreeSwitchJSONFormat: Sendable {
    let time: LogTime
    private var legs = OtherLegs()

    init(time: LogTime) { self.time = time }

    /// The row's one field is the object.
    mutating func read(_ row: CSVRow) -> RowReading {
        let document: JSONNode
        do throws(JSONFault) {
            document = try JSONDocumentReader.read(Array(row[0]))
        } catch {
            return .rejected("no JSON: \(error)")
        }
        guard case .object(let members) = document.value,
            case .object(let variables)? = members["variables"]?.value
        else { return .rejected("no object with \"variables\", as mod_json_cdr writes") }
        let profile = Self.profile(members["callflow"])
        func variable(_ name: String) -> String { Self.text(variables[name]) }
        func first(_ names: String...) -> String {
            for name in names {
                let text = variable(name)
                if !text.isEmpty { return text }
            }
            return ""
        }
        guard let start = start(variables) else {
            return .rejected("variables.start_epoch: expected a time")
        }
        guard
            let talk = LogDuration.seconds(first("billsec"))
                ?? (variable("billsec").isEmpty ? 0 : nil)
        else { return .rejected("variables.billsec: expected seconds") }
        var call = FreeSwitchCall(start: start, talkSeconds: talk)
        call.from = Self.text(profile["caller_id_number"])
        if call.from.isEmpty {
            call.from = first("caller_id_number", "effective_caller_id_number", "sip_from_user")
        }
        call.to = Self.text(profile["destination_number"])
        if call.to.isEmpty { call.to = first("destination_number", "sip_req_user", "sip_to_user") }
        call.name = AsteriskFormat.displayName(
            Self.text(profile["caller_id_name"]), number: call.from)
        call.wasAnswered =
            !["", "0"].contains(variable("answer_epoch")) || !variable("answer_stamp").isEmpty
        call.cause = first("hangup_cause", "originate_disposition")
        call.application = first("last_app", "current_application")
        call.uuid = first("uuid", "call_uuid")
        call.otherLeg =
            first("bridge_uuid", "originated_legs").split(separator: ";").first
            .map(String.init) ?? ""
        call.channel = variable("channel_name")
        call.otherChannel = variable("bridge_channel")
        call.extension = variable("dialed_user")
        let folder = variable("record_path")
        let name = variable("record_name")
        if !name.isEmpty { call.recording = folder.isEmpty ? name : "\(folder)/\(name)" }
        // The leg that FreeSWITCH itself made for a call that has a record of its own.
        if !first("originating_leg_uuid", "originator").isEmpty { return .told }
        return legs.haveTold(call.uuid, of: call.otherLeg) ? .told : .call(call.row)
    }

    private func start(_ variables: [String: JSONNode]) -> Instant? {
        let epoch = Self.text(variables["start_epoch"])
        if let instant = time.instant(epoch) { return instant }
        let microseconds = Self.text(variables["start_uepoch"])
        if microseconds.utf8.count == 16,
            let instant = time.instant(String(microseconds.dropLast(3)))
        {
            return instant
        }
        return time.instant(Self.text(variables["start_stamp"]))
    }

    /// The caller's profile of the last part of the call flow that has one: the first stands last.
    private static func profile(_ flow: JSONNode?) -> [String: JSONNode] {
        let parts: [JSONNode] =
            switch flow?.value {
            case .list(let list)?: list
            case .object?: flow.map { [$0] } ?? []
            default: []
            }
        for part in parts.reversed() {
            guard case .object(let members) = part.value,
                case .object(let profile)? = members["caller_profile"]?.value
            else { continue }
            return profile
        }
        return [:]
    }

    private static func text(_ node: JSONNode?) -> String {
        switch node?.value {
        case .text(let text)?: decoded(text)
        case .number(let text)?: text
        default: ""
        }
    }

    /// Percent-encoding undone; a bad escape stays as it is.
    private static func decoded(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
                let high = digit(bytes[index + 1]), let low = digit(bytes[index + 2])
            {
                result.append(high << 4 | low)
                index += 3
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }
}
