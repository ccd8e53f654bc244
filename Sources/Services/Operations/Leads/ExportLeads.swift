public import Leads
import Storage
import Values

/// All leads, in pieces, in formats that other programs read.
public enum ExportLeads {
    public struct Request: Sendable, Codable, Equatable {
        public var format: LeadFileFormat
        /// Nil for any status.
        public var status: LeadStatus?
        public var withRemoved = false

        public init(_ format: LeadFileFormat) { self.format = format }
    }

    /// A piece of the export.
    public struct Piece: Sendable, Codable, Equatable {
        public let text: String
        /// The number of leads so far.
        public let count: Int
    }

    /// The pieces in order; together they are the file. Each is read on request, so that memory does not grow with the
    /// number of leads. Returns nil when there is no database yet. Throws a `StorageError`, as the stream does.
    public static func stream(
        _ request: Request, in context: OperationContext
    ) async throws -> AsyncThrowingStream<Piece, any Error>? {
        let data = context.data
        guard let store = try await Blocking.run({ try data.read() }) else { return nil }
        let reader = ExportReader(store: store, request: request)
        return AsyncThrowingStream { try await reader.next() }
    }
}

/// Reads leads in pages, in the order of their numbers.
private actor ExportReader {
    private let store: Store
    private let request: ExportLeads.Request
    private var last: Int64 = 0
    private var count = 0
    private var hasBegun = false
    private var hasEnded = false

    init(store: Store, request: ExportLeads.Request) {
        self.store = store
        self.request = request
    }

    func next() async throws -> ExportLeads.Piece? {
        guard !hasEnded else { return nil }
        let (after, withRemoved) = (last, request.withRemoved)
        let page = try await store.read { transaction -> [LeadView] in
            try transaction.views(of: transaction.leads.page(after: after, limit: 500, withRemoved: withRemoved))
        }
        var text = hasBegun ? "" : head
        hasBegun = true
        for view in page where request.status.map({ $0 == view.lead.status }) ?? true {
            switch request.format {
            case .csv: text += LeadText.row(of: view)
            case .json: text += (count == 0 ? "\n" : ",\n") + LeadText.json(view)
            case .jsonl: text += LeadText.json(view) + "\n"
            }
            count += 1
        }
        if let end = page.last {
            last = end.lead.id
        } else {
            hasEnded = true
            if request.format == .json { text += count == 0 ? "]\n" : "\n]\n" }
        }
        return ExportLeads.Piece(text: text, count: count)
    }

    private var head: String {
        switch request.format {
        case .csv: LeadText.header
        case .json: "["
        case .jsonl: ""
        }
    }
}
