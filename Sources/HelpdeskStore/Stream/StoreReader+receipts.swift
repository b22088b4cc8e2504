public import HelpdeskCore

extension StoreReader {
    /// The delivery that a provider calls by this id.
    public func delivery(
        inbox: InboxID, providerID: String
    ) throws(StoreError) -> DeliveryID? {
        try connection.first(
            "SELECT delivery FROM provider_ids WHERE inbox = $1 AND id = $2", [inbox, providerID]
        ) { row throws(StoreError) in try row.number(0) }
    }
}

extension StoreTransaction {
    /// An id that comes twice is the last one's: providers that count anew after a restart mean the new message.
    public func keepProviderID(
        _ id: String, of delivery: DeliveryID, inbox: InboxID
    ) throws(StoreError) {
        try execute(
            """
            INSERT INTO provider_ids (inbox, id, delivery, at) VALUES ($1, $2, $3, $4)
            ON CONFLICT (inbox, id) DO UPDATE SET delivery = excluded.delivery, at = excluded.at
            """, [inbox, id, delivery, now])
    }

    public func forgetProviderIDs(before moment: Instant) throws(StoreError) {
        try execute("DELETE FROM provider_ids WHERE at < $1", [moment])
    }
}
