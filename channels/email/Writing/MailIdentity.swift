import HelpdeskCore

/// Who a mail comes from: one inbox's own address, and how it is called.
public struct MailIdentity: Sendable, Equatable {
    public var address: String
    /// The From name; nil: the address alone.
    public var name: String?

    public init(address: String, name: String? = nil) {
        self.address = address
        self.name = name
    }

    /// `inbox+TOKEN@domain`: answers to it carry our proof. The address alone where that would be longer than servers take.
    func address(token: String?) -> String {
        guard let token, let at = address.utf8.lastIndex(of: Ascii.at) else { return address }
        let local = address[..<at] + "+" + token
        guard local.utf8.count <= MailAddressCheck.longestLocalPart else { return address }
        return local + address[at...]
    }

    /// Where failures are told to: a return path of its own for each delivery, so that a bounce names it whatever it quotes.
    /// The token proves the ticket, the number behind the dot is the delivery's (as in our Message-IDs).
    func returnPath(token: String?, delivery: DeliveryID) -> String {
        guard let token else { return address }
        let own = address(token: "\(token).\(delivery.rawValue)")
        return own == address ? address(token: token) : own
    }
}
