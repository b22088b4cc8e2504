import Foundation
import HelpdeskConfiguration
import Testing

@Suite struct InboxSettingsTests {
    @Test func theKeysOfAnAdapterAreHandedOnAsWritten() throws {
        let text =
            smallest + """
                [[inbox]]
                name = "phones"
                channel = "phone-log"
                team = "support"
                region = "IR"
                preset = "generic"
                delimiter = "tab"
                skip_rows = 1
                own_numbers = ["+982112345678"]
                mapping = { started_at = ["Date", 2], from = "Caller" }
                """
        let inbox = try #require(try configuration(text).inbox(named: "phones"))
        #expect(
            inbox.settings == [
                "region": .text("IR"), "preset": .text("generic"), "delimiter": .text("tab"),
                "skip_rows": .integer(1), "own_numbers": .list([.text("+982112345678")]),
                "date_order": .text("ymd"), "extension_digits": .integer(5),
                "follow_from": .text("end"),
                "mapping": .table([
                    "started_at": .list([.text("Date"), .integer(2)]), "from": .text("Caller"),
                ]),
            ])
    }

    @Test func secretsAndKeysOfOtherChannelsAreNotHandedOn() throws {
        let text =
            smallest + """
                smtp = { user = "a", password = "hunter2" }
                region = "IR"
                form_senders = ["forms@example.org"]
                [[inbox]]
                name = "chat"
                channel = "chat-webhook"
                team = "support"
                secret = "hunter2"
                credentials = { bot_token = "hunter3" }
                trust_identities = true
                """
        let inboxes = try configuration(text).inboxes
        #expect(
            inboxes.map(\.settings) == [
                [
                    "address": .text("support@example.org"),
                    "form_senders": .list([.text("forms@example.org")]), "aliases": .list([]),
                    "spam_headers": .text("trusted"), "quote": .boolean(false),
                    "uncertain": .text("resend"),
                ],
                [
                    "trust_identities": .boolean(true), "conversations": .text("session"),
                    "settings": .table([:]), "media_hosts": .list([]),
                    "mail_unread_after": .text("10m"),
                ],
            ])
    }

    /// What an integrator copies must not be refused.
    @Test func theSampleOfEveryChannelLoads() throws {
        let channels = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../channels").standardized
        let manager = FileManager.default
        let folders = (try? manager.contentsOfDirectory(atPath: channels.path)) ?? []
        let base = "[store]\nurl = \"sqlite:/x.db\"\n[[team]]\nname = \"support\"\n"
        for folder in folders.sorted() {
            let sample = channels.appending(path: folder).appending(path: "sample.toml")
            guard let data = try? Data(contentsOf: sample) else { continue }
            let files = ["conf.d/sample.toml": String(decoding: data, as: UTF8.self)]
            #expect(complaints(base, and: files) == [], "\(folder)")
        }
    }
}
