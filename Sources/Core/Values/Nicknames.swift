/// Given names and their short forms. Two names in one group can belong to the same person.
enum Nicknames {
    static func areOne(_ left: String, _ right: String) -> Bool {
        if left == right { return true }
        guard let mine = groups[left], let theirs = groups[right] else { return false }
        return mine.contains { theirs.contains($0) }
    }

    /// The name and all forms of it in the list.
    static func forms(of name: String) -> Set<String> {
        guard let mine = groups[name] else { return [name] }
        let all = lines.split(separator: "\n")
        return Set(mine.flatMap { all[$0].split(separator: " ").map(String.init) }).union([name])
    }

    /// Whether the name, or another form of it, begins with the letter: `bob` with `r`.
    static func begins(_ name: String, with letter: Character) -> Bool {
        if name.first == letter { return true }
        guard let mine = groups[name] else { return false }
        let all = lines.split(separator: "\n")
        return mine.contains { all[$0].split(separator: " ").contains { $0.first == letter } }
    }

    /// Whether the list has the name.
    static func isKnown(_ name: String) -> Bool { groups[name] != nil }

    private static let groups: [String: [Int]] = {
        var table: [String: [Int]] = [:]
        for (number, line) in lines.split(separator: "\n").enumerated() {
            for name in line.split(separator: " ") { table[String(name), default: []].append(number) }
        }
        return table
    }()

    private static let lines = """
        abigail abby gail
        abraham abe bram
        albert al bert
        alejandro alex ale
        alexander alex xander sasha sandy
        alexandra alex sandra sasha sandy lexi
        alfred al fred alfie
        allison ally allie
        amanda mandy
        andrew andy drew
        angela angie
        anthony tony antonio
        antonio tony
        arthur art artie
        barbara barb barbie
        benjamin ben benny benji
        bernard bernie
        beverly bev
        bradley brad
        calvin cal
        cameron cam
        caroline carrie carol
        carolyn carrie carol
        catherine cathy cate kate katie cat
        charles charlie chuck chas
        charlotte charlie lottie
        chester chet
        christina chris tina christy
        christine chris chrissy tina christy
        christopher chris kit topher
        cynthia cindy
        daniel dan danny
        danielle dani
        david dave davey
        deborah deb debbie debra
        dennis denny
        diana di
        donald don donnie
        dorothy dot dottie
        douglas doug
        edmund ed eddie ned
        eduardo ed eddie
        edward ed eddie ted ned
        edwin ed eddie
        eleanor ellie nora
        elijah eli
        elizabeth liz beth betty lizzie eliza betsy libby
        emily em
        enrique rick kike
        eric rick
        ernest ernie
        eugene gene
        evelyn evie
        florence flo
        francis frank fran
        frances fran frannie
        francisco paco frank pancho
        franklin frank
        frederick fred freddie
        gabriel gabe
        gabriela gaby
        gerald jerry gerry
        geoffrey geoff jeff
        gilbert gil
        gregory greg
        gregorio greg
        guadalupe lupe
        guillermo memo
        harold harry hal
        harrison harry
        helen nell
        henry hank harry
        herbert herb
        howard howie
        ignacio nacho
        isabella bella izzy
        jacob jake
        jacqueline jackie
        james jim jimmy jamie
        janice jan
        jeffrey jeff
        jennifer jen jenny jenn
        jeremiah jerry
        jeremy jerry
        jerome jerry
        jessica jess jessie
        jesus chuy
        john jack johnny jon
        jonathan jon john jonny
        jose pepe
        joseph joe joey
        joshua josh
        judith judy
        julia julie
        katherine kathy kate katie kat kitty kathryn
        kathleen kathy kate katie
        kathryn kathy kate katie kat
        kenneth ken kenny
        kimberly kim
        lawrence larry
        laurence larry
        leonard leo len lenny
        leslie les
        lillian lily
        louis lou louie
        luis lou
        madeline maddie
        manuel manny
        margaret maggie meg peggy marge greta
        mark marc
        martin marty
        matthew matt
        maximilian max
        maxwell max
        melissa missy mel
        melvin mel
        michael mike mick mickey micky
        michelle shelly
        miguel mike
        mitchell mitch
        nancy nan
        nathan nate
        nathaniel nate nat
        nicholas nick nicky nicolas
        nicolas nick
        nicole nikki nicky
        norman norm
        oliver ollie
        pamela pam
        patricia pat patty trish tricia
        patrick pat paddy
        peter pete
        philip phil
        phillip phil
        priscilla cilla
        rafael rafa
        randall randy
        randolph randy
        raymond ray
        rebecca becky becca
        reginald reggie
        richard rich rick dick richie ricky
        robert bob rob bobby robbie bert
        roberto bob beto
        rodney rod
        ronald ron ronnie
        rudolph rudy
        russell russ
        salvador sal
        samantha sam
        samuel sam sammy
        sandra sandy
        shirley shirl
        sidney sid
        solomon sol
        stanley stan
        stephanie steph
        stephen steve
        steven steve
        stuart stu
        susan sue suzy susie
        suzanne sue suzy susie
        sylvester sly
        terence terry
        teresa terry tess
        theresa terry tess
        theodore ted teddy theo
        thomas tom tommy
        timothy tim timmy
        tyler ty
        valerie val
        veronica ronnie
        victor vic
        victoria vicky vicki tori
        vincent vince vinny
        virginia ginny
        walter walt wally
        wesley wes
        william bill will billy willie liam
        zachary zach zack
        catherine katherine kathryn katharine catharine
        ann anna anne annie
        christin christina christine kristin kristina kristine
        katrin katrina catrin kathrin
        karin karina karen
        helen helena helene
        isabel isabela isabella isabelle
        susan susanna susanne suzanne
        elisabeth elizabeth lisbeth liesl elsbeth
        hannah hanna johanna
        johannes hans hannes jan
        johann hans
        georg schorsch
        josef joseph sepp
        friedrich fritz
        heinrich heinz heiner
        jurg jurgen
        cornelia conny nele
        giuseppe beppe peppe
        luigi gigi
        giovanni gianni nino
        katarzyna kasia
        malgorzata gosia
        aleksandra ola
        agnieszka aga
        wojciech wojtek
        stanislaw staszek
        tomasz tomek
        krzysztof krzysiek
        aleksandr alexander sasha
        dmitri dima
        vladimir vova
        ivan vanya
        mikhail misha
        nikolai kolya
        cornelis kees
        willem wim
        pieter piet
        antonius ton
        dolores lola
        concepcion concha
        rosario charo
        joao jo
        """
}
