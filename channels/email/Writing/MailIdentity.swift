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
}
