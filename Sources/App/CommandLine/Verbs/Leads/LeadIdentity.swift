import ArgumentParser
import Leads
import Operations
import Values

struct LeadMergeVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge", abstract: "Make two leads one.",
        discussion: help(
            """
            The second becomes part of the first, with all that was said about it, its messages and its history. If
            either does not want to be written to, neither does the one. `leads unmerge` undoes it.
            """,
            examples: "sudo 4runr leads merge 17 23",
            exits: [0: "done", 64: "there is no such lead, or it was deleted", 75: "the database is locked"]))

    @Argument(help: "The lead that stays: its number, uuid or email.")
    var lead: String

    @Argument(help: "The lead that becomes part of it.")
    var other: String

    @OptionGroup var location: Location
    @OptionGroup var output: OutputFormat

    func run() async throws {
        try await carryingOut {
            let merged = try await MergeLeads.perform(.init(lead, other), in: try location.operations())
            if output.json { return Terminal.sayJSON(merged.view.json) }
            Terminal.say("lead \(merged.merged) is part of lead \(merged.view.lead.id) now")
        }
    }
}

struct LeadUnmergeVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unmerge", abstract: "Make one lead two again.",
        discussion: help(
            """
            Undoes the last merge of a lead: what came with the merge goes back, and what was done since stays with the
            lead that it was done on and is listed. --record N takes a single record out of a lead and makes a lead of
            its own from it; `leads explain` lists the records. The two are never made one again by themselves.
            """,
            examples: "sudo 4runr leads unmerge 17", "sudo 4runr leads unmerge 17 --record 42",
            exits: [
                0: "done", 64: "there is no such lead or record, or nothing to undo", 75: "the database is locked",
            ]))

    @Argument(help: "The lead that was merged, or the one that it is part of.")
    var lead: String

    @Option(name: .long, help: "The record to take out.")
    var record: Int64?

    @OptionGroup var location: Location
    @OptionGroup var output: OutputFormat

    func run() async throws {
        try await carryingOut {
            var request = UnmergeLead.Request(lead)
            request.record = record
            let parted = try await UnmergeLead.perform(request, in: try location.operations())
            if output.json { return try Terminal.json(parted) }
            Terminal.say("lead \(parted.lead) is no part of lead \(parted.from) any more")
            for what in parted.stays { Terminal.note("stays with lead \(parted.from): \(what.singleLine)") }
        }
    }
}

struct LeadApartVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apart", abstract: "Say that two leads are two people.",
        discussion: help(
            """
            They are never made one by themselves, and are no longer listed by `leads duplicates`.
            """,
            examples: "sudo 4runr leads apart 17 23",
            exits: [0: "done", 64: "there is no such lead", 75: "the database is locked"]))

    @Argument(help: "Its number, uuid or email.")
    var lead: String

    @Argument(help: "The other's.")
    var other: String

    @OptionGroup var location: Location

    func run() async throws {
        try await carryingOut {
            let apart = try await KeepLeadsApart.perform(.init(lead, other), in: try location.operations())
            Terminal.say("leads \(apart.leads.map(String.init).joined(separator: " and ")) are two people")
        }
    }
}

struct LeadRelease: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release", abstract: "Let a message go on that was held back.",
        discussion: help(
            """
            What a model writes is held back when it is plainly unfit: another name, something that no fact says, a remark
            of the model, text that breaks off. `leads show` shows it with the reason. To have it written anew:
            `write-messages --id LEAD`.
            """,
            examples: "sudo 4runr leads release 17",
            exits: [
                0: "done", 64: "there is no such lead, nothing is held back, or the person may not be written to",
                75: "the database is locked",
            ]))

    @Argument(help: "Its number, uuid or email.")
    var lead: String

    @OptionGroup var location: Location
    @OptionGroup var output: OutputFormat

    func run() async throws {
        try await carryingOut {
            let released = try await ReleaseMessage.perform(.init(lead), in: try location.operations())
            if output.json { return Terminal.sayJSON(released.view.json) }
            Terminal.say(
                "the message to lead \(released.view.lead.id) is ready; it was held back: \(released.reason.singleLine)"
            )
        }
    }
}

struct LeadDuplicates: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "duplicates", abstract: "List pairs of leads that may be one person.",
        discussion: help(
            """
            They share a mailbox, a profile, a telephone number, or surname and company, and nothing shows that they are
            one person or two. `leads merge A B` makes them one; `leads apart A B` says that they are two.
            """,
            examples: "sudo 4runr leads duplicates",
            exits: [0: "done", 69: "the database may not be read"]))

    @Option(name: .long, help: "How many.")
    var limit = 100

    @OptionGroup var location: Location
    @OptionGroup var output: OutputFormat

    func run() async throws {
        try await carryingOut {
            let context = try location.operations()
            var (pairs, place): ([DoubtfulPair], DoubtfulPair.Place?) = ([], nil)
            repeat {
                var request = ListDuplicates.Request(limit: limit - pairs.count)
                request.after = place
                let page = try await ListDuplicates.perform(request, in: context)
                pairs += page.pairs
                place = page.next
            } while place != nil && pairs.count < limit
            if output.json { return try Terminal.json(pairs) }
            guard !pairs.isEmpty else { return Terminal.say("no pair is doubtful") }
            var table = Table("LEAD", "NAME", "COMPANY", "LEAD", "NAME", "COMPANY", "WHY")
            for pair in pairs {
                let cells = [pair.first, pair.second].flatMap { one in
                    [
                        Table.Cell("\(one.id)", .dim), .init(one.name.shortened(to: 26), .bold),
                        .init((one.company ?? "-").shortened(to: 22)),
                    ]
                }
                table.add(cells + [.init(pair.reason)])
            }
            table.print()
        }
    }
}

struct LeadExplain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Tell where each value of a lead is from, and what else was said.",
        discussion: help(
            """
            A person's word comes before a machine's, what is likely to be meant before what looks mistyped, a personal
            mailbox before a role's, a full name before an initial; then what is more certain, then what is newer.
            """,
            examples: "sudo 4runr leads explain 17",
            exits: [0: "done", 64: "there is no such lead"]))

    @Argument(help: "Its number, uuid or email.")
    var lead: String

    @OptionGroup var location: Location
    @OptionGroup var output: OutputFormat

    func run() async throws {
        try await carryingOut {
            let context = try location.operations()
            let known = try await ExplainLead.perform(.init(lead), in: context)
            if output.json { return try Terminal.json(known) }
            let (clock, now) = (await context.clock(), Caller.runtime.now)
            func source(_ claim: LeadFold.Claim) -> String {
                let record = claim.record.map { ", record \($0)" } ?? ""
                return "\(claim.author), \(claim.source)\(record), \(Moment.text(claim.at, on: clock, now: now))"
            }
            Terminal.say("lead \(known.view.lead.id)  \(known.view.lead.displayName.singleLine)")
            if let ban = known.ban { Terminal.say("no message: \(ban.singleLine)") }
            if !known.sharesMailboxWith.isEmpty {
                Terminal.say(
                    "its mailbox is shared with lead \(known.sharesMailboxWith.map(String.init).joined(separator: ", "))"
                )
            }
            var table = Table("FIELD", "VALUE", "SAID BY")
            for field in known.fields {
                table.add(
                    .init(field.field.rawValue, .bold), .init((field.holds.value ?? "(emptied)").shortened(to: 60)),
                    .init(source(field.holds)))
                for other in field.others {
                    table.add(
                        .init("  not", .dim), .init((other.value ?? "(emptied)").shortened(to: 60), .dim),
                        .init(source(other), .dim))
                }
            }
            for claim in known.unsure {
                table.add(
                    .init("  unsure", .dim),
                    .init("\(claim.field.rawValue): \(claim.value ?? "")".shortened(to: 60), .dim),
                    .init("\(source(claim))\(claim.evidence.map { ", \($0)" } ?? "")".shortened(to: 120), .dim))
            }
            table.print()
            Terminal.say("")
            var records = Table("RECORD", "SOURCE", "BY", "SEEN", "JOINED BY")
            for record in known.records {
                records.add(
                    .init("\(record.id)", .bold), .init(record.source.shortened(to: 40)), .init(record.author.rawValue),
                    .init(Moment.text(record.firstSeen, on: clock, now: now)), .init(record.rule ?? "-"))
            }
            records.print()
            for decision in known.decisions {
                let undone = decision.undoneAt == nil ? "" : ", undone"
                let what = decision.kind == "merge" ? "is part of" : "is not"
                Terminal.say(
                    "lead \(decision.lead) \(what) lead \(decision.into): \(decision.rule ?? "-"), \(decision.author)\(undone)"
                )
            }
        }
    }
}
