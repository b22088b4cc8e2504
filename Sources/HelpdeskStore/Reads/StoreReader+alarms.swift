public import HelpdeskCore

extension StoreReader {
    /// Alarms that began and are not over.
    public func openAlarms() throws(StoreError) -> [AlarmChanged] {
        try connection.all("SELECT kind, subject FROM alarms ORDER BY began, kind, subject") {
            row throws(StoreError) in
            AlarmChanged(kind: try row.text(0), subject: try row.text(1))
        }
    }
}
