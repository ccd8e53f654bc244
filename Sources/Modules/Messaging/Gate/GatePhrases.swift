import Values

/// Phrases of models, and of claims that nobody can make to a stranger.
enum GatePhrases {
    static func problem(_ text: GateText) -> String? {
        let lower = "\(text.subject)\n\(text.body)".lowercased().replacing("’", with: "'")
        for mark in marks where lower.contains(mark) { return "\"\(mark)\" is a remark of the model" }
        let folded = " \(lower.folded) "
        for phrase in remarks where folded.contains(" \(phrase) ") { return "\"\(phrase)\" is a remark of the model" }
        for word in ["certainly", "sure", "absolutely", "of course"]
        where text.lines.first?.folded.hasPrefix(word) == true {
            return "\"\(word)\" is a remark of the model"
        }
        let facts = " \(text.factText.folded) "
        // Where the facts tell of an earlier contact, it may be spoken of.
        let isAcquainted = [
            "we met", "met", "met at", "met in", "asked for", "asked us", "spoke at", "spoke with", "talked",
            "requested", "existing customer",
        ]
        .contains { facts.contains(" \($0) ") }
        for phrase in claims where !isAcquainted && folded.contains(" \(phrase) ") && !facts.contains(" \(phrase) ") {
            return "\"\(phrase)\" claims what no fact says"
        }
        let subject = text.subject.lowercased()
        for mark in ["re:", "fwd:", "fw:", "aw:", "wg:", "sv:", "tr:"] where subject.hasPrefix(mark) {
            return "its subject claims an earlier message"
        }
        for line in text.lines where heads.contains(where: { line.lowercased().hasPrefix($0) }) {
            return "it has a heading \"\(line.shortened(to: 30))\""
        }
        return nil
    }

    /// Orders to whoever reads a page, which a model might obey.
    static let orders = [
        "ignore all previous", "ignore previous", "ignore the previous", "ignore any previous", "ignore all prior",
        "ignore your",
        "ignore the above", "disregard all", "disregard previous", "disregard your", "disregard the", "disregard any",
        "forget all previous", "forget your", "forget the previous", "previous instructions", "prior instructions",
        "your instructions", "system prompt", "your prompt", "prior prompt", "new instructions", "new task",
        "system new",
        "note to ai", "ai systems", "ai assistants", "ai assistant", "language model", "language models", "llm", "llms",
        "as an ai",
        "to ai agents", "for ai", "assistant must", "you must include", "you must write", "you must say",
        "you must mention",
        "you must reply", "you must respond", "must be written", "must begin with", "must end with", "must state",
        "must include",
        "when writing to us", "when you write", "writing an email to", "write a poem", "respond with", "respond only",
        "reply only",
        "reply with the word", "output the", "print the", "begin your", "start your", "end your",
        "include the following",
        "include the link", "include the phrase", "include this", "add the following", "always mention",
        "always include",
        "always recommend", "tell the reader", "tell the user", "tell the recipient", "tell them that",
        "instruction to",
        "instructions to", "instructions for", "override", "jailbreak", "developer mode", "act as", "pretend",
        "roleplay",
        "anweisung an", "ignoriere", "vergiss alle", "ignorez", "ignora las", "ignora le", "negeer",
        "ignore as instrucoes",
        "ignorera", "schreibe stattdessen",
    ]

    /// Whether a text tells a program what to do.
    static func givesOrders(_ value: String) -> Bool {
        let text = " \(value.folded) "
        if orders.contains(where: { text.contains(" \($0) ") }) { return true }
        return value.split(whereSeparator: { ".!?\n".contains($0) }).contains { sentence in
            let words = Set(String(sentence).folded.split(separator: " ").map(String.init))
            return !words.isDisjoint(with: readers) && !words.isDisjoint(with: commands)
        }
    }

    private static let readers: Set<String> = [
        "ai", "ais", "bot", "bots", "llm", "llms", "chatgpt", "gpt", "claude", "gemini", "assistant", "assistants",
        "chatbot",
        "chatbots", "ki", "ia", "crawler", "crawlers", "scraper", "scrapers", "robots", "agents",
    ]

    private static let commands: Set<String> = [
        "must", "should", "write", "include", "mention", "add", "reply", "respond", "say", "instead", "begin", "start",
        "end",
        "recommend", "offer", "tell", "ignore", "disregard", "forget", "output", "print", "answer", "use", "copy",
        "insert", "repeat",
        "muss", "mussen", "schreibe", "antworte", "doit", "doivent", "ecris", "debe", "deben", "escribe", "deve",
        "devono", "scrivi",
    ]

    static func isPostscript(_ line: String) -> Bool {
        let folded = line.folded
        return folded.hasPrefix("ps ") || folded.hasPrefix("p s ") || folded.hasPrefix("pps ")
            || folded.hasPrefix("pd ")
    }

    static func isClosing(_ line: String) -> Bool {
        let folded = line.folded
        guard folded.split(separator: " ").count <= 10 else { return false }
        return closings.contains { folded == $0 || folded.hasPrefix("\($0) ") }
            && (line.last.map { ",!.–-".contains($0) } ?? false || closings.contains(folded))
    }

    private static let closings = [
        "best", "best regards", "best wishes", "all the best", "kind regards", "kindest regards", "warm regards",
        "warmly", "warm wishes", "regards", "with regards", "cheers", "thanks", "thank you", "many thanks",
        "thanks again",
        "sincerely", "yours sincerely", "yours faithfully", "yours truly", "yours", "respectfully", "cordially",
        "talk soon",
        "speak soon", "looking forward", "with best regards", "with kind regards", "take care",
        "mit freundlichen grussen",
        "freundliche grusse", "viele grusse", "beste grusse", "herzliche grusse", "schone grusse", "liebe grusse",
        "mit besten grussen", "mit besten gruben", "mit freundlichem gruss", "besten gruss", "viele gruesse", "gruss",
        "grusse",
        "danke", "cordialement", "bien cordialement", "bien a vous", "salutations", "sinceres salutations",
        "meilleures salutations",
        "merci", "a bientot", "saludos", "un saludo", "saludos cordiales", "atentamente", "cordialmente",
        "un cordial saludo", "gracias",
        "un abrazo", "cordiali saluti", "distinti saluti", "un saluto", "saluti", "grazie", "a presto",
        "met vriendelijke groet",
        "vriendelijke groet", "vriendelijke groeten", "met vriendelijke groeten", "hartelijke groet", "groeten",
        "groet",
        "atenciosamente", "cumprimentos", "com os melhores cumprimentos", "melhores cumprimentos", "abraco",
        "um abraco", "obrigado", "obrigada",
        "vanliga halsningar", "med vanliga halsningar", "med vanlig halsning", "halsningar", "basta halsningar", "mvh",
        "tack",
    ]

    private static let heads = [
        "subject:", "betreff:", "objet:", "asunto:", "oggetto:", "onderwerp:", "assunto:", "amne:", "ämne:", "to:",
        "from:", "body:", "message:", "email:", "draft:", "output:",
    ]

    private static let marks = [
        "```", "<think", "</think", "<|", "|>", "[/inst]", "[inst]", "**subject", "### ", "\"subject\"", "{\"",
        "\"message\":",
        "system:", "assistant:", "user:", "<html", "<p>", "<br", "**", "\\n",
    ]

    private static let remarks = [
        "heres a draft", "here is a draft", "heres the draft", "here is the draft", "heres the email",
        "here is the email",
        "heres an email", "here is an email", "heres your", "here is your email", "here is the message",
        "heres the message",
        "heres a message", "here is a message", "heres a short", "here is a short", "heres a version",
        "here is a version",
        "as an ai i", "as an ai model", "as an ai language", "as an ai assistant", "as a language model",
        "as a large language model", "language model", "im sorry but i", "i am sorry but i",
        "i cannot help", "i cannot assist", "i cannot write", "i cannot provide", "i cannot create",
        "i cannot generate", "i cant help with", "i cant assist", "i cant write", "i am unable to", "im unable to",
        "i do not have enough",
        "i dont have enough", "not enough information", "based on the information provided", "based on the facts",
        "based on the provided", "the provided facts", "the information you provided", "you asked me", "as requested",
        "let me know if youd like me to", "let me know if you want me to", "let me know if youd like any changes",
        "let me know if you would like me to", "let me know if you need any changes",
        "let me know if youd like changes",
        "let me know if youd like to adjust", "would you like me to", "id be happy to revise", "i hope this helps",
        "hope this helps",
        "feel free to adjust", "feel free to edit", "feel free to modify", "feel free to customize",
        "feel free to tweak",
        "option 1", "option 2", "option a", "option b", "version 1", "version 2", "version a", "version b",
        "alternative 1",
        "word count", "words total", "note i", "note this", "note the", "note that i", "please note that i",
        "nb i kept",
        "certainly here", "sure here", "absolutely here", "of course here", "sure thing", "this message is",
        "this email is designed", "this email uses", "the tone", "i kept it", "i kept the", "ive kept", "i have kept",
        "i used the",
        "i avoided", "i left out", "the user", "the prompt", "my instructions", "the instructions", "instructions say",
        "system prompt", "guidelines", "return json", "json", "end of email", "end of message", "draft email",
        "email draft",
        "final answer", "step 1", "ein entwurf", "hier ist der entwurf", "hier ist die e mail", "hier ist eine",
        "als ki", "als sprachmodell",
        "voici un brouillon", "voici le message", "voici une proposition", "en tant quia", "aqui tienes", "como ia",
        "ecco una bozza",
        "ecco il messaggio", "come ia", "hier is een", "als ai", "aqui esta o", "har ar ett utkast", "som ai",
    ]

    private static let claims = [
        "as discussed", "as we discussed", "as agreed", "as promised", "as mentioned", "as i mentioned",
        "as you requested",
        "per our", "following up", "follow up on", "follow up to", "following our", "after our call",
        "after our meeting",
        "our call", "our last call", "our conversation", "our last conversation", "our recent conversation", "our chat",
        "our last chat", "our meeting", "our last meeting", "our discussion", "our previous", "our earlier",
        "my last email",
        "my previous email", "my last message", "my earlier email", "my earlier message", "last email", "when we met",
        "when we spoke",
        "when we talked", "since we met", "since we spoke", "since we last", "we met", "we spoke", "we talked",
        "we last spoke",
        "great meeting you", "nice meeting you", "was good to meet you", "was nice to meet you",
        "was great to meet you", "was lovely to meet you",
        "pleasure meeting", "was a pleasure to meet", "great talking", "great speaking", "good talking",
        "good speaking",
        "great chatting",
        "nice talking", "nice speaking", "good chatting", "lovely meeting", "enjoyed meeting", "enjoyed our",
        "enjoyed talking", "enjoyed speaking",
        "thanks for downloading", "thank you for downloading", "thanks for signing up", "thank you for signing up",
        "thanks for your interest",
        "thank you for your interest", "thanks for reaching out", "thank you for reaching out", "thanks for joining",
        "thanks for attending",
        "thank you for attending", "thanks for registering", "thank you for registering", "thanks for visiting",
        "thank you for visiting",
        "thanks for subscribing", "thanks for your reply", "thank you for your reply", "thanks for getting back",
        "thank you for getting back",
        "thanks for your message", "thank you for your message", "thanks for your email", "thank you for your email",
        "thanks for your order",
        "thank you for your order", "thanks for your inquiry", "thank you for your inquiry", "thanks for contacting",
        "thank you for contacting",
        "thanks for connecting", "thank you for connecting", "thanks for accepting", "thanks for the call",
        "thank you for the call",
        "thanks for taking the time", "thank you for taking the time", "thanks for being a customer", "your free trial",
        "your trial period",
        "your order",
        "your subscription", "your account with us", "your recent purchase", "your request", "you requested",
        "you asked for", "you asked us",
        "recommended i", "recommended that i", "recommended you", "recommended me", "recommended us", "suggested i",
        "suggested that i",
        "referred me", "referred you", "referred by", "gave me your", "passed me your", "passed on your",
        "pointed me to you",
        "introduced us", "mutual friend", "mutual contact", "mutual connection", "our mutual", "a friend of yours",
        "your colleague",
        "one of your colleagues", "your coworker", "your assistant", "your boss", "your manager", "your friend",
        "long time no", "good to see you",
        "great to see you", "nice to see you", "saw your article", "read your article", "your recent article",
        "your article", "saw your post",
        "read your post", "your recent post", "your latest post", "your blog post", "your linkedin post",
        "saw your talk", "your talk at", "your recent talk", "your keynote", "your interview",
        "your podcast", "listened to", "heard you speak", "saw you speak", "congratulations for",
        "your recent funding", "your recent round", "your series", "your recent promotion", "your new role",
        "your recent award", "your award",
        "your anniversary", "your recent launch", "your recent expansion", "already a customer", "existing customer",
        "as a customer",
        "you have won", "youve won", "been selected", "bank details", "free of charge forever", "your competitors use",
        "your competitor",
        "our long", "for years we", "we have worked together", "worked together", "like last time", "last year you",
        "last time we", "you told", "you told me", "you mentioned",
        "you said", "you wrote", "you expressed", "you showed interest", "you showed an interest",
        "you were interested", "you visited", "you stopped by",
        "you downloaded", "you signed up", "you attended", "you registered", "wie besprochen", "wie vereinbart",
        "wie versprochen",
        "unser gesprach", "unserem gesprach", "unser telefonat", "unserem telefonat", "unser treffen",
        "unserem treffen", "unserer letzten", "unser letztes", "vielen dank fur ihr interesse",
        "danke fur ihr interesse", "vielen dank fur ihre anfrage", "vielen dank fur das gesprach",
        "danke fur das gesprach", "vielen dank fur ihre anmeldung", "ihr kollege", "ihre kollegin",
        "hat mir empfohlen", "hat sie empfohlen", "empfahl mir", "auf empfehlung", "herzlichen gluckwunsch zu",
        "wir haben uns", "comme convenu", "comme discute", "suite a notre",
        "notre conversation", "notre echange", "notre appel", "notre rendez vous", "notre rencontre",
        "merci davoir telecharge", "merci pour votre interet", "merci de votre interet",
        "votre collegue", "ma recommande", "felicitations pour", "como acordamos", "como comentamos", "como hablamos",
        "nuestra conversacion",
        "nuestra llamada", "nuestra reunion", "gracias por su interes", "gracias por tu interes",
        "gracias por descargar", "su colega", "tu colega", "me recomendo", "felicidades por", "come concordato",
        "come discusso", "come daccordo", "la nostra conversazione", "la nostra chiamata", "nostra telefonata",
        "nostro incontro", "grazie per linteresse", "il suo collega", "complimenti per",
        "zoals besproken", "zoals afgesproken", "ons gesprek", "bedankt voor uw interesse", "uw collega",
        "gefeliciteerd met", "conforme combinado", "como combinado", "nossa conversa", "nossa reuniao",
        "obrigado pelo interesse",
        "seu colega", "parabens pelo", "parabens pela", "som vi pratade", "som overenskommet", "vart samtal",
        "vart mote", "tack for ditt intresse", "din kollega", "grattis till",
    ]
}
