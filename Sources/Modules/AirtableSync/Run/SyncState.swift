import Storage
import Values

/// What the sync remembers between runs, over the rows of `sync_state`.
struct SyncState {
    private(set) var values: [String: String]
    private(set) var changes: [String: String?] = [:]

    init(_ values: [String: String] = [:]) { self.values = values }

    private subscript(name: String) -> String? {
        get { values[name] }
        set {
            guard values[name] != newValue else { return }
            values[name] = newValue
            changes.updateValue(newValue, forKey: name)
        }
    }

    /// The changes since it was read, which are then none.
    mutating func take() -> [String: String?] {
        defer { changes = [:] }
        return changes
    }

    private func time(_ name: String) -> Timestamp? { values[name].flatMap(Timestamp.init(parsing:)) }

    /// The base and the table that the shadows are of.
    var base: String? {
        get { self["base"] }
        set { self["base"] = newValue }
    }
    var table: String? {
        get { self["table"] }
        set { self["table"] = newValue }
    }
    /// Changes up to here, by Airtable's clock, were read.
    var watermark: Timestamp? {
        get { time("watermark") }
        set { self["watermark"] = newValue?.description }
    }
    /// When a pull was last complete, by our clock.
    var pulledAt: Timestamp? {
        get { time("pulled_at") }
        set { self["pulled_at"] = newValue?.description }
    }
    /// When all records were last read.
    var fullAt: Timestamp? {
        get { time("full_at") }
        set { self["full_at"] = newValue?.description }
    }
    /// When the table's fields were last looked at.
    var schemaAt: Timestamp? {
        get { time("schema_at") }
        set { self["schema_at"] = newValue?.description }
    }
    var pushedAt: Timestamp? {
        get { time("pushed_at") }
        set { self["pushed_at"] = newValue?.description }
    }
    var fields: KnownFields? {
        get { self["fields"].flatMap { StableJSON.decode(KnownFields.self, $0) } }
        set { self["fields"] = newValue.flatMap { StableJSON.text(of: $0) } }
    }
    var webhook: String? {
        get { self["webhook"] }
        set { self["webhook"] = newValue }
    }
    var cursor: Int? {
        get { self["cursor"].flatMap { Int($0) } }
        set { self["cursor"] = newValue.map { "\($0)" } }
    }
    /// Whether all from before the webhook was made has been read: only then is its list enough.
    var isCaughtUp: Bool {
        get { self["webhook_caught_up"] != nil }
        set { self["webhook_caught_up"] = newValue ? "1" : nil }
    }
    /// Airtable makes no webhook for us; it is asked again when all records are read.
    var isWebhookRefused: Bool {
        get { self["webhook_refused"] != nil }
        set { self["webhook_refused"] = newValue ? "1" : nil }
    }
    /// Airtable said that the month's calls are used up; it is asked again then.
    var blockedUntil: Timestamp? {
        get { time("blocked_until") }
        set { self["blocked_until"] = newValue?.description }
    }
}
