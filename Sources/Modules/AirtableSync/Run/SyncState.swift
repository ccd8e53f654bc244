import Storage
import Values

/// The state that the sync keeps between runs, stored as the rows of `sync_state`.
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

    /// Returns the changes since the state was read or last taken, and clears them.
    mutating func take() -> [String: String?] {
        defer { changes = [:] }
        return changes
    }

    private func time(_ name: String) -> Timestamp? { values[name].flatMap(Timestamp.init(parsing:)) }

    /// The base and the table that the shadows belong to.
    var base: String? {
        get { self["base"] }
        set { self["base"] = newValue }
    }
    var table: String? {
        get { self["table"] }
        set { self["table"] = newValue }
    }
    /// Changes up to this time, by Airtable's clock, have been read.
    var watermark: Timestamp? {
        get { time("watermark") }
        set { self["watermark"] = newValue?.description }
    }
    /// When the last complete pull ended, by our clock.
    var pulledAt: Timestamp? {
        get { time("pulled_at") }
        set { self["pulled_at"] = newValue?.description }
    }
    /// When all records were last read.
    var fullAt: Timestamp? {
        get { time("full_at") }
        set { self["full_at"] = newValue?.description }
    }
    /// When the table's fields were last read.
    var schemaAt: Timestamp? {
        get { time("schema_at") }
        set { self["schema_at"] = newValue?.description }
    }
    var pushedAt: Timestamp? {
        get { time("pushed_at") }
        set { self["pushed_at"] = newValue?.description }
    }
    var fields: TableFields? {
        get { self["fields"].flatMap { StableJSON.decode(TableFields.self, $0) } }
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
    /// Whether everything from before the webhook was created has been read. Only then is its list enough.
    var isCaughtUp: Bool {
        get { self["webhook_caught_up"] != nil }
        set { self["webhook_caught_up"] = newValue ? "1" : nil }
    }
    /// Whether Airtable refused to create a webhook. We try again when all records are read.
    var isWebhookRefused: Bool {
        get { self["webhook_refused"] != nil }
        set { self["webhook_refused"] = newValue ? "1" : nil }
    }
    /// Whether Airtable may add options that our select fields lack, as a person told setup.
    var createsOptions: Bool {
        get { self["creates_options"] != nil }
        set { self["creates_options"] = newValue ? "1" : nil }
    }
    /// Airtable said that the month's calls are used up. It is asked again at this time.
    var blockedUntil: Timestamp? {
        get { time("blocked_until") }
        set { self["blocked_until"] = newValue?.description }
    }
}
