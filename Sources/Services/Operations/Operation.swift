/// A use case: what is asked, what is answered, and nothing of how either is written down. A verb and a route are skins of it.
public protocol Operation {
    associatedtype Request: Sendable, Codable
    associatedtype Response: Sendable, Codable
}
