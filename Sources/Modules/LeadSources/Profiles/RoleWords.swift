import Values

/// Words that name what somebody does, folded, in the languages of the profiles that are read.
enum RoleWords {
    /// Whether a phrase names a role: one of its words is a role's, or ends like one.
    static func has(_ phrase: String) -> Bool {
        let words = phrase.folded.split(separator: " ").map(String.init)
        for (index, word) in words.enumerated() {
            if all.contains(word) || isPrefixed(word) { return true }
            if word.count > 5, endings.contains(where: { word.hasSuffix($0) && word.count > $0.count }) { return true }
            if index + 1 < words.count, pairs.contains("\(word) \(words[index + 1])") { return true }
        }
        return false
    }

    /// Whether a phrase begins with a word that names a role, or is nothing but a role's name.
    static func begins(_ phrase: String) -> Bool {
        guard let first = phrase.folded.split(separator: " ").first.map(String.init) else { return false }
        return all.contains(first) || isPrefixed(first) || (first.count > 5 && endings.contains { first.hasSuffix($0) })
    }

    /// `Subgerente`, `Vizepräsident`, `Cofondatrice`.
    private static func isPrefixed(_ word: String) -> Bool {
        guard word.count > 7 else { return false }
        return [
            "sub", "vice", "vize", "co", "wspol", "onder", "assistent", "junior", "senior", "ober", "unter", "chef",
            "mit",
        ].contains {
            word.hasPrefix($0) && all.contains(String(word.dropFirst($0.count)))
        }
    }

    private static let all: Set<String> = {
        var set: Set<String> = []
        for line in lines.split(separator: "\n") { for word in line.split(separator: " ") { set.insert(String(word)) } }
        return set
    }()

    /// English; German; French; Spanish and Portuguese; Italian; Dutch; Swedish, Danish and Norwegian; Polish; others.
    private static let lines = """
        founder cofounder ceo cto cfo coo cmo cio cpo cro cso chro ciso cdo chief president vp svp evp avp vice head
        director manager lead leader engineer developer designer consultant analyst specialist coordinator officer
        partner owner principal associate executive assistant administrator advisor adviser architect recruiter buyer
        planner supervisor accountant controller attorney lawyer teacher nurse physician producer editor writer author
        journalist photographer copywriter strategist scientist researcher professor lecturer dean principal tutor coach
        trainer instructor technician mechanic electrician plumber carpenter operator driver pilot chef cook baker
        barista agent broker representative rep salesperson salesman seller merchandiser underwriter actuary auditor
        bookkeeper economist banker trader investor entrepreneur chairman chairwoman chair chairperson treasurer
        secretary clerk receptionist paralegal solicitor barrister notary judge counsel dentist doctor surgeon pharmacist
        therapist psychologist psychiatrist veterinarian physiotherapist optometrist paramedic caregiver midwife
        programmer tester sysadmin devops marketer publicist curator librarian archivist translator interpreter actor
        actress musician composer conductor artist illustrator animator stylist realtor surveyor inspector estimator
        foreman welder machinist fabricator dispatcher expediter purchaser geologist chemist physicist biologist
        statistician mathematician superintendent foreperson intern trainee apprentice student graduate retired retiree
        freelancer freelance contractor volunteer ambassador evangelist ombudsman mayor senator minister governor
        councillor councilor commissioner deputy superintendent firefighter captain sergeant pastor priest rabbi imam
        dramaturg conservator landscaper gardener farmer winemaker brewer sommelier hotelier restaurateur headteacher
        headmaster headmistress rector provost chancellor fellow postdoc ambassador liaison steward custodian
        technologist hygienist dietitian nutritionist radiographer sonographer audiologist orthodontist hse qa
        businessperson businesswoman businessman cofounding founding proprietor proprietress md
        geschaeftsfuehrer geschaftsfuhrer geschaftsfuhrerin geschaftsfuhrender geschaftsfuhrende inhaber inhaberin
        gesellschafter gesellschafterin grunder grunderin mitgrunder mitgrunderin leiter leiterin leitung leitende
        leitender vorstand vorstandin vorstandsvorsitzender vorstandsmitglied vorsitzender vorsitzende prokurist
        prokuristin berater beraterin referent referentin sachbearbeiter sachbearbeiterin kaufmann kauffrau verkaufer
        verkauferin einkaufer einkauferin vertriebler buchhalter buchhalterin steuerberater steuerberaterin rechtsanwalt
        rechtsanwaltin anwalt anwaltin notar arzt arztin zahnarzt zahnarztin apotheker apothekerin lehrer lehrerin dozent
        dozentin professorin ingenieur ingenieurin entwickler entwicklerin architektin meister meisterin techniker
        technikerin mechaniker mechatroniker elektriker tischler schreiner assistent assistentin assistenz mitarbeiter
        mitarbeiterin beauftragter beauftragte verantwortliche verantwortlicher freiberufler freiberuflerin
        selbststandig selbstandig selbststandiger selbststandige praktikant praktikantin werkstudent werkstudentin
        auszubildender auszubildende student studentin studierende rentner rentnerin pensionar ruhestand teamleiter
        disponent disponentin redakteur redakteurin journalistin fotograf fotografin texter texterin gestalter
        gestalterin pfleger pflegerin erzieher erzieherin unternehmer unternehmerin makler maklerin winzer koch kochin
        backer konditor hausmeister spezialist spezialistin experte expertin managerin direktor direktorin chefin
        filialleiter filialleiterin planerin wissenschaftler wissenschaftlerin kanzler kanzlerin burgermeister
        burgermeisterin stellvertreter stellvertretender stellvertretende
        directeur directrice fondateur fondatrice cofondateur cofondatrice gerant gerante president presidente dirigeant
        dirigeante responsable chef cheffe charge chargee ingenieur ingenieure developpeur developpeuse consultante
        conseiller conseillere commercial commerciale acheteur acheteuse vendeur vendeuse assistante comptable
        controleur controleuse avocat avocate juriste notaire medecin infirmier infirmiere professeur professeure
        enseignant enseignante formateur formatrice architecte technicien technicienne mecanicien electricien menuisier
        artisan graphiste redacteur redactrice journaliste photographe traducteur traductrice coordinateur coordinatrice
        coordonnateur coordonnatrice gestionnaire adjoint adjointe secretaire stagiaire alternant alternante etudiant
        etudiante retraite retraitee independant independante entrepreneur entrepreneuse associe associee pharmacien
        pharmacienne kinesitherapeute veterinaire boulanger boulangere cuisinier cuisiniere viticulteur vigneron
        vigneronne negociant proprietaire administrateur administratrice delegue deleguee animateur animatrice chercheur
        chercheuse maire depute deputee conducteur conductrice magasinier preparateur preparatrice recruteur recruteuse
        directora fundador fundadora cofundador cofundadora gerente jefe jefa presidenta presidente responsable encargado
        encargada ingeniero ingeniera desarrollador desarrolladora programador programadora consultor consultora asesor
        asesora comercial comprador compradora vendedor vendedora asistente auxiliar contador contadora contable
        abogado abogada notario medico medica enfermero enfermera profesor profesora docente arquitecto arquitecta
        tecnico tecnica mecanico electricista disenador disenadora redactor redactora periodista fotografo fotografa
        traductor traductora coordinador coordinadora secretario secretaria becario becaria estudiante jubilado jubilada
        autonomo autonoma emprendedor emprendedora empresario empresaria socio socia propietario propietaria dueno duena
        administrador administradora analista especialista ejecutivo ejecutiva subdirector subdirectora farmaceutico
        farmaceutica psicologo psicologa investigador investigadora cocinero cocinera alcalde alcaldesa supervisora
        diretor diretora fundadora socio socia gerente chefe presidente responsavel engenheiro engenheira desenvolvedor
        desenvolvedora consultora assessor assessora vendedor vendedora assistente auxiliar contador contadora advogado
        advogada medica enfermeiro enfermeira professor professora arquiteto arquiteta tecnico designer redator redatora
        jornalista tradutor tradutora coordenador coordenadora secretaria estagiario estagiaria estudante aposentado
        aposentada autonomo empreendedor empreendedora empresario empresaria proprietario proprietaria dono dona
        encarregado encarregada gestor gestora analista especialista representante
        direttore direttrice fondatore fondatrice cofondatore cofondatrice amministratore amministratrice responsabile
        titolare capo ingegnere sviluppatore sviluppatrice consulente commerciale venditore venditrice acquirente buyer
        assistente contabile ragioniere commercialista avvocato avvocata notaio medico infermiere infermiera docente
        insegnante professore professoressa architetto architetta tecnico meccanico elettricista grafico grafica
        redattore redattrice giornalista fotografo fotografa traduttore traduttrice coordinatore coordinatrice segretario
        segretaria stagista tirocinante studente studentessa pensionato pensionata imprenditore imprenditrice socia
        impiegato impiegata addetto addetta dirigente presidente vicepresidente ricercatore ricercatrice farmacista
        psicologo psicologa cuoco ristoratore enologo agronomo geometra sindaco specialista quadro
        oprichter medeoprichter eigenaar eigenaresse directeur bestuurder bestuurslid zaakvoerder hoofd manager leider
        leidinggevende adviseur consultant ontwikkelaar medewerker medewerkster verkoper inkoper boekhouder accountant
        advocaat notaris jurist arts huisarts tandarts verpleegkundige apotheker docent leraar lerares hoogleraar
        ingenieur architect monteur technicus elektricien ontwerper vormgever redacteur journalist fotograaf vertaler
        coordinator secretaresse stagiair stagiaire student gepensioneerd zelfstandige zzper ondernemer ondernemster
        vennoot projectleider teamleider wethouder burgemeester planner kok bakker makelaar voorzitter
        vd grundare medgrundare agare chef chefen direktor konsult utvecklare ingenjor saljare inkopare ekonom
        redovisningskonsult revisor advokat jurist lakare sjukskoterska tandlakare apotekare larare rektor lektor
        forskare arkitekt tekniker elektriker snickare formgivare redaktor fotograf oversattare samordnare koordinator
        sekreterare praktikant studerande pensionar pensionerad egenforetagare foretagare entreprenor delagare
        styrelseordforande ordforande ledare ansvarig projektledare handlaggare radgivare specialist forvaltare
        stifter medstifter direktor leder ejer indehaver partner konsulent udvikler ingenior saelger indkober bogholder
        laerer laege sygeplejerske daglig grunnlegger eier radgiver utvikler selger saksbehandler larer lege sykepleier
        wlasciciel wlascicielka wspolwlasciciel zalozyciel zalozycielka wspolzalozyciel wspolzalozycielka prezes
        wiceprezes dyrektor dyrektorka kierownik kierowniczka menedzer specjalista specjalistka inzynier programista
        programistka konsultant konsultantka doradca doradczyni sprzedawca handlowiec przedstawiciel kupiec ksiegowy
        ksiegowa adwokat radca prawnik lekarz pielegniarka farmaceuta nauczyciel nauczycielka wykladowca profesor
        architekt architektka technik mechanik elektryk projektant projektantka redaktor redaktorka dziennikarz
        dziennikarka fotograf tlumacz tlumaczka koordynator koordynatorka sekretarka asystent asystentka stazysta
        praktykant student studentka emeryt emerytka przedsiebiorca wspolnik pelnomocnik czlonek analityk analityczka
        rekruter rekruterka logistyk magazynier spedytor burmistrz
        mudur muduru uzmani uzman kurucu kurucusu mudur muhendis muhendisi ogretmen avukat doktor direktoru danisman
        jednatel reditel reditelka majitel majitelka vedouci obchodnik ucetni toimitusjohtaja johtaja paallikko
        asiantuntija yrittaja omistaja perustaja myyja kehittaja fondator director inginer administrator avocat
        pensionist pensionistin pensionato pensionisten emerita emeritus doktorand doktorandin
        farrier blacksmith waller thatcher millwright luthier boss miner shearer arborist forester gamekeeper fisherman skipper
        deckhand bosun navigator aviator steward stewardess educator instructor goalkeeper referee umpire athlete player rider
        jockey groom breeder butcher fishmonger grocer florist tailor seamstress cobbler upholsterer potter ceramicist glazier
        roofer plasterer bricklayer mason stonemason scaffolder rigger crane fitter turner toolmaker boilermaker pipefitter
        locksmith joiner cabinetmaker decorator painter drywaller surveyor assessor adjuster valuer auctioneer curator conservator
        detective constable officer marshal ranger warden paramedic medic corporal colonel major lieutenant admiral general pilot
        doula chaplain vicar deacon bishop verger organist violinist pianist cellist singer dancer choreographer director
        sculptor engraver printer typesetter bookbinder cartoonist screenwriter novelist poet playwright comedian magician
        hairdresser barber beautician esthetician masseuse masseur caterer barman barmaid bartender waiter waitress maitre
        housekeeper concierge porter doorman janitor cleaner caretaker nanny childminder
        winzer winzerin weinbauer landwirt landwirtin bauer bauerin tierarzt schmied dachdecker maurer zimmermann zimmerin maler
        malerin lackierer fliesenleger installateur klempner spengler glaser goldschmied uhrmacher optiker optikerin friseur
        friseurin kosmetikerin metzger fleischer gartner gartnerin forster jager fachkraft fachfrau fachmann fachangestellte
        fachinformatiker polizist polizistin feuerwehrmann soldat soldatin pfarrer pfarrerin pastorin kantor kantorin organistin
        hebamme rettungssanitater notfallsanitater sozialarbeiter sozialarbeiterin sozialpadagoge sozialpadagogin dekan dekanin
        rektorin dramaturg dramaturgin intendant intendantin regisseur regisseurin schauspieler schauspielerin sanger sangerin
        trainerin schiedsrichter kapitan lokfuhrer lokfuhrerin fahrer fahrerin lagerist lageristin pensioniert
        ostreiculteur agriculteur agricultrice eleveur eleveuse maraicher maraichere apiculteur sommeliere patissier patissiere
        boucher bouchere poissonnier fromager chocolatier coiffeur coiffeuse estheticienne plombier macon couvreur peintre
        carreleur charpentier ebeniste soudeur soudeuse tourneur fraiseur chaudronnier ferronnier serrurier carrossier
        officier gendarme policier policiere pompier militaire colonel sapeur ambulancier soignante osteopathe
        dentiste orthophoniste ergotherapeute psychologue educateur educatrice entraineur entraineuse arbitre comedien
        comedienne metteur musicien musicienne chanteur chanteuse libraire bibliothecaire conservateur conservatrice luthier
        decano decana vicedecano vicedecana interieurstylist stylista consejero consejera vocal concejal concejala
        maestro maestra tornero soldador soldadora fontanero albanil carpintero ebanista pintor pintora cerrajero herrero
        agricultor agricultora ganadero ganadera enologo enologa viticultor bodeguero panadero pastelero carnicero pescadero
        peluquero peluquera veterinario veterinaria odontologo odontologa fisioterapeuta matrona bombero policia guardia
        entrenador entrenadora arbitro musico musica actriz bibliotecario bibliotecaria camarero camarera conserje
        marceneiro serralheiro eletricista encanador canalizador pedreiro pintor agricultor produtor produtora enologo
        enologa padeiro confeiteiro cozinheiro cozinheira veterinaria dentista enfermeiro parteira bombeiro policial
        treinador treinadora musico bibliotecaria motorista mergulhador pescador
        ceramista falegname idraulico muratore imbianchino saldatore tornitore carrozziere fabbro panettiere pasticcere
        macellaio casaro agricoltore agricoltrice allevatore viticoltore parrucchiere parrucchiera estetista veterinario
        veterinaria dentista fisioterapista ostetrica maresciallo carabiniere poliziotto vigile pompiere allenatore allenatrice
        arbitro musicista attore attrice regista bibliotecario bibliotecaria cameriere capotreno autista magazziniere
        restauratore restauratrice liutaio orafo sarto sarta
        loodgieter timmerman metselaar schilder stukadoor dakdekker lasser hovenier boer boerin veehouder tuinder slager
        kapper kapster schoonheidsspecialiste dierenarts tandarts fysiotherapeut verloskundige wijkverpleegkundige politieagent
        brandweerman militair trainer scheidsrechter muzikant acteur actrice regisseur bibliothecaris chauffeur kwartiermaker
        beleidsmedewerker conservator predikant schipper visser
        rormokare malare murare svetsare lantbrukare bonde tradgardsmastare slaktare frisor veterinar distriktsskoterska
        barnmorska polis brandman tranare domare musiker skadespelare bibliotekarie chauffor prast kyrkoherde
        tomrer tomrerlaerling laerling smed murer maler landmand gartner slagter frisor dyrlaege jordemoder betjent lokomotivforer
        hydraulik stolarz murarz malarz spawacz rolnik ogrodnik rzeznik piekarz cukiernik fryzjer fryzjerka weterynarz dentysta
        stomatolog fizjoterapeuta polozna policjant strazak dowodca zolnierz trener trenerka sedzia muzyk aktor aktorka rezyser
        bibliotekarz kierowca ksiadz proboszcz
        kaptan kaptani sorumlusu sorumlu sef sefi usta ustasi ogretmeni mudurlugu asistani yoneticisi yonetici hemsire mimar
        truhlar kovar rezbar lekar ucitel ucitelka hasic farar
        директор менеджер руководитель инженер разработчик специалист консультант основатель владелец бухгалтер юрист
        начальник заместитель аналитик маркетолог дизайнер
        """

    private static let endings = [
        "leiter", "leiterin", "leitung", "berater", "beraterin", "manager", "managerin", "ingenieur", "ingenieurin",
        "entwickler", "entwicklerin", "fuhrer", "fuhrerin", "meister", "meisterin", "kaufmann", "kauffrau", "kaufleute",
        "assistent", "assistentin", "referent", "referentin", "vorstand", "experte", "expertin", "techniker",
        "technikerin", "planer", "planerin", "verkaufer", "verkauferin", "beauftragter", "beauftragte",
        "verantwortlicher",
        "verantwortliche", "direktor", "direktorin", "inhaber", "inhaberin", "arzt", "arztin", "lehrer", "lehrerin",
        "mitarbeiter", "mitarbeiterin", "wissenschaftler", "wissenschaftlerin", "mechaniker", "spezialist", "anwalt",
        "anwaltin", "adviseur", "medewerker", "leider", "eigenaar", "directeur", "ontwikkelaar", "verantwoordelijke",
        "coordinator", "architect", "architekt", "ontwerper", "inkoper", "verkoper", "deskundige", "chef", "chefen",
        "ansvarig", "ledare", "utvecklare", "konsult", "saljare", "ingenjor", "ekonom", "radgivare", "leder",
        "konsulent",
        "chefin", "chefinnen", "schrijver", "schrijfster", "sprecher", "sprecherin", "pfleger", "pflegerin", "helfer",
        "helferin",
        "udvikler", "controller", "redakteur", "redakteurin",
    ]

    private static let pairs: Set<String> = [
        "human resources", "business development", "account management", "board member", "of staff", "team lead",
        "dirigente scolastico", "general counsel", "membre du", "in charge", "daglig leder", "vice president",
        "customer success", "public relations", "open to", "in pensione", "im ruhestand", "na emeryturze",
        "self employed", "partita iva", "por cuenta", "conta propria", "tech lead", "supply chain",
    ]
}
