import ChannelKit
import HelpdeskCore
import Testing

@testable import PhoneLogChannel

/// What each phone system's log becomes. Rows written after the systems' documentation.
@Suite("Rows of each phone system")
struct PresetRowsTests {
    private func calls(
        _ preset: String, _ text: String, _ values: [String: ChannelConfiguration.Value] = [:]
    ) async throws -> ([String], PhoneLogReport) {
        var all: [String: ChannelConfiguration.Value] = [
            "region": .text("IR"), "preset": .text(preset),
        ]
        for (key, value) in values { all[key] = value }
        let channel = try PhoneLogChannel(
            configuration: ChannelConfiguration(
                inbox: InboxID(rawValue: "phones"), values: all, zone: .utc),
            secrets: ChannelSecrets(live: []))
        let host = RecordingHost(now: Instant(milliseconds: 1_795_239_000_000))
        var work = PhoneLogImport(channel, host: host)
        // In pieces, so that none depends on how it is cut.
        let bytes = Array(text.utf8)
        var index = 0
        while index < bytes.count {
            try await work.read(Array(bytes[index..<min(bytes.count, index + 97)]))
            index += 97
        }
        let report = try await work.finish()
        return (host.messages.map(Self.described), report)
    }

    private static func described(_ message: InboundMessage) -> String {
        let call = message.call
        let from = message.sender.identity?.address.text ?? "nobody"
        let name = message.sender.name.map { " \"\($0)\"" } ?? ""
        return
            "\(call?.direction.rawValue ?? "") \(call?.outcome.rawValue ?? "") \(call?.durationSeconds ?? 0)s \(from)\(name) ext \(call?.extension ?? "-")"
            + (call?.recordingURL.map { " \($0)" } ?? "")
    }

    @Test(
        "FreeSWITCH, template example: answered, missed, busy, outbound, internal, both legs of one call"
    )
    func freeSwitch() async throws {
        let (calls, report) = try await calls(
            "freeswitch",
            #"""
            "Sara","09121234567","2001","public","2026-11-21 05:00:00","2026-11-21 05:00:05","2026-11-21 05:01:05","65","60","NORMAL_CLEARING","u-1","u-2","","PCMU","PCMU"
            "Sara","09121234567","2001","default","2026-11-21 05:00:02","2026-11-21 05:00:05","2026-11-21 05:01:05","63","60","NORMAL_CLEARING","u-2","u-1","","PCMU","PCMU"
            "","09121234568","2001","public","2026-11-21 05:02:00","","2026-11-21 05:02:20","20","0","ORIGINATOR_CANCEL","u-3","","",,
            "","09121234569","2001","public","2026-11-21 05:03:00","","2026-11-21 05:03:01","1","0","USER_BUSY","u-4","","",,
            "Ext 2001","2001","09121234567","default","2026-11-21 05:04:00","2026-11-21 05:04:10","2026-11-21 05:04:40","40","30","NORMAL_CLEARING","u-5","","",,
            "Ext 2001","2001","2002","default","2026-11-21 05:05:00","2026-11-21 05:05:10","2026-11-21 05:05:40","40","30","NORMAL_CLEARING","u-6","","",,
            "x","nothing"
            """#)
        #expect(
            calls == [
                #"inbound answered 60s tel:+989121234567 "Sara" ext 2001"#,
                "inbound missed 0s tel:+989121234568 ext 2001",
                "inbound busy 0s tel:+989121234569 ext 2001",
                #"outbound answered 30s tel:+989121234567 "Ext 2001" ext 2001"#,
            ])
        #expect(report.skipped == 2)
        #expect(report.rejected.map(\.line) == [7])
    }

    @Test("FreeSWITCH, template asterisk")
    func freeSwitchAsterisk() async throws {
        let (calls, _) = try await calls(
            "freeswitch",
            #""","09121234567","2001","public","Sara","sofia/external/0912@gw","sofia/internal/2005@pbx","bridge","","2026-11-21 05:00:00","2026-11-21 05:00:05","2026-11-21 05:01:05","65","60","NORMAL_CLEARING","3","u-9","""#
                + "\n")
        #expect(calls == [#"inbound answered 60s tel:+989121234567 "Sara" ext 2005"#])
    }

    private static func json(_ uuid: String, _ more: String = "") -> String {
        #"{"core-uuid":"c","variables":{"uuid":"\#(uuid)","direction":"inbound","start_epoch":"1795237200","start_stamp":"2026-11-21%2005%3A00%3A00","answer_epoch":"1795237205","duration":"65","billsec":"60","hangup_cause":"NORMAL_CLEARING","record_path":"/var/rec","record_name":"a b.wav"\#(more)},"callflow":[{"caller_profile":{"caller_id_name":"%D8%B3%D8%A7%D8%B1%D8%A7","caller_id_number":"%2B989121234567","destination_number":"2001"}}]}"#
    }

    @Test("FreeSWITCH JSON: on lines, in one piece, in a list; a recording is a link")
    func freeSwitchJSON() async throws {
        let wanted =
            #"inbound answered 60s tel:+989121234567 "سارا" ext 2001 https://pbx.example.org/rec/var/rec/a%20b.wav"#
        let texts = [
            Self.json("j1") + "\n" + Self.json("j2") + "\n", Self.json("j1") + Self.json("j2"),
            "[" + Self.json("j1") + ",\n" + Self.json("j2") + "]",
        ]
        for text in texts {
            let (calls, report) = try await calls(
                "freeswitch-json", text,
                ["recordings_url": .text("https://pbx.example.org/rec")])
            #expect(calls == [wanted, wanted])
            #expect(report.rejected == [])
        }
        let (calls, report) = try await calls(
            "freeswitch-json",
            Self.json("j1") + "\n{\"a\":}\n" + Self.json("j3", #","originating_leg_uuid":"j1""#)
                + "\n{\"variables\":{")
        #expect(calls.count == 1)
        #expect(report.skipped == 1)
        #expect(report.rejected.map(\.line) == [2, 4])
    }

    @Test("3CX: the export of its console, sums and steps left out")
    func threeCX() async throws {
        let (calls, report) = try await calls(
            "3cx",
            """
            Call Time,Call ID,From,To,Direction,Status,Ringing,Talking,Cost
            2026-11-21T05:00:00,id-1,09121234567,Sales (800),Inbound,Answered,00:00:04,00:00:39,0.00
            2026-11-21T05:01:00,id-2,09121234568,Sales (800),Inbound Queue,Unanswered,00:00:30,00:00:00,0.00
            ,,Sales (800),"Ali, Rezaei (201)",,Unanswered,00:00:10,,
            2026-11-21T05:02:00,id-3,"Ali, Rezaei (201)",09121234567,Outbound,Answered,00:00:04,00:01:00,0.00
            2026-11-21T05:03:00,id-4,"Ali, Rezaei (201)",Sales (800),Internal,Answered,00:00:04,00:01:00,0.00
            Totals,,,,,,00:00:42,00:02:39,0.00
            """)
        #expect(
            calls == [
                "inbound answered 39s tel:+989121234567 ext 800",
                "inbound missed 0s tel:+989121234568 ext 800",
                "outbound answered 60s tel:+989121234567 ext 201",
            ])
        #expect(report.skipped == 3)
        #expect(report.rejected == [])
    }

    @Test("3CX: its CDR file")
    func threeCXRecords() async throws {
        let tail = ",,,,,,"
        let (calls, _) = try await calls(
            "3cx",
            """
            Call 1,0000018A,00:00:30,2026/11/21 05:00:00,2026/11/21 05:00:05,2026/11/21 05:00:35,TerminatedBySrc,09121234567,Ext.800,Ext.10000,Ext.800,800,,201,Ext.201\(tail)Line,Queue,Extension,Sara,Sales,Ali
            Call 2,0000018B,,2026/11/21 05:02:00,,2026/11/21 05:02:20,TerminatedBySrc,09121234568,Ext.800,Ext.10000,Ext.800,800,,,\(tail)Line,Queue,,,Sales,
            Call 3,0000018C,00:01:00,2026/11/21 05:03:00,2026/11/21 05:03:09,2026/11/21 05:04:09,TerminatedByDst,Ext.201,09121234567,Ext.201,Ext.10000,09121234567,,,\(tail)Extension,Line,Line,Ali,,
            """.replacing(",,,,,,Line", with: ",,,,,,Line"))
        #expect(
            calls == [
                #"inbound answered 30s tel:+989121234567 "Sara" ext 201"#,
                "inbound missed 0s tel:+989121234568 ext 800",
                "outbound answered 60s tel:+989121234567 ext 201",
            ])
    }

    @Test("Issabel's report, with its own names and durations; FreePBX's, with recordings")
    func reports() async throws {
        let (issabel, report) = try await calls(
            "issabel",
            """
            Date,Source,Ring Group,Destination,Src. Channel,Account Code,Dst. Channel,Status,Duration,UniqueID,Recording
            2026-11-21 05:00:00,09121234567,,201,SIP/trunk-1,,SIP/201-2,ANSWERED,605s (10m 5s),1.1,rec/a.wav
            2026-11-21 05:20:00,09121234568,,201,SIP/trunk-1,,SIP/201-3,NO ANSWER,0s,1.2,
            """, ["recordings_url": .text("https://pbx.example.org/monitor/")])
        #expect(
            issabel == [
                "inbound answered 605s tel:+989121234567 ext 201 https://pbx.example.org/monitor/rec/a.wav",
                "inbound missed 0s tel:+989121234568 ext 201",
            ])
        #expect(report.rejected == [])
        let (freepbx, _) = try await calls(
            "freepbx",
            #"""
            calldate,clid,src,dst,dcontext,channel,dstchannel,lastapp,lastdata,duration,billsec,disposition,amaflags,accountcode,uniqueid,userfield,did,cnum,cnam,outbound_cnum,outbound_cnam,dst_cnam,recordingfile,linkedid,peeraccount,sequence
            2026-11-21 05:00:00,"""Sara"" <09121234567>",09121234567,201,ext-group,SIP/t-1,SIP/201-2,Dial,,70,62,ANSWERED,3,,1.7,,2188,09121234567,Sara,,,,q-1.wav,1.7,,5
            """#)
        #expect(freepbx == [#"inbound answered 62s tel:+989121234567 "Sara" ext 201"#])
    }

    @Test(
        "how long a call was",
        arguments: [
            ("605s (10m 5s)", 605), ("0s", 0), ("1h 2m 3s", 3723), ("2m", 120), ("5s 2m", nil),
            ("5x", nil), ("10m5s", 605),
        ] as [(String, Int64?)])
    func durations(_ text: String, _ seconds: Int64?) {
        #expect(LogDuration.seconds(text) == seconds)
    }

    @Test("numbers within names")
    func numbersInText() throws {
        let reader = try #require(PhoneNumberReader(region: "IR"))
        #expect(
            reader.numbers(in: "علی رضایی ۰۹۱۲ ۱۲۳ ۴۵۶۷ یا +1 650-253-0000")
                == ["+989121234567", "+16502530000"])
        #expect(reader.numbers(in: "2026-11-21 05:00") == [])
        #expect(reader.numbers(in: "") == [])
    }
}
