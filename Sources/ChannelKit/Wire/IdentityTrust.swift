/// Whether `verified: true` of an integration is believed (`trust_identities` of the inbox).
package enum IdentityTrust: Sendable { case believed, suggestionOnly }

/// Where the files of a message are.
package enum MessageFiles: Sendable {
    /// Within the JSON, as base64.
    case none
    /// Or in a spool folder: reads the file that a path names, refuses every other. The second text is the place for the fault.
    case spool(@Sendable (String, String) throws(JSONFault) -> [UInt8])
}
