import HelpdeskCore
import HelpdeskStore
import Testing

@Suite("Names of events")
struct EventNamesTests {
    @Test("are those of the codec, and a reader's own")
    func same() {
        #expect(EventNames.all == EventCodec.types)
        #expect(EventNames.isKnown("ticket_opened"))
        #expect(EventNames.isKnown("ticket_h*"))
        #expect(EventNames.isKnown("*"))
        #expect(!EventNames.isKnown("ticket"))
        #expect(!EventNames.isKnown("mail_*"))
        #expect(!EventNames.isKnown(""))
    }
}
