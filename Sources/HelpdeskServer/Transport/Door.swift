/// Which listener a connection came through.
enum Door: Sendable {
    /// The unix socket: the system says who is at the other end.
    case socket
    /// TCP: nobody is anybody without a token.
    case network
}
