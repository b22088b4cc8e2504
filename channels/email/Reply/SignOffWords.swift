/// Closing formulas by language, in lower case and without the comma behind them; data only.
enum SignOffWords {
    private static func set(_ words: [String]) -> Set<[UInt8]> { Set(QuoteWords.bytes(words)) }

    /// Said only at the end.
    static let regards = set([
        // English
        "regards", "best regards", "kind regards", "kindest regards", "warm regards",
        "warmest regards", "best wishes", "with best regards",
        "with kind regards", "with best wishes", "many regards", "sincerely", "sincerely yours",
        "yours sincerely", "yours truly", "yours faithfully", "respectfully", "cordially",
        "rgds", "br", "kr", "very truly yours", "regards and thanks", "thanks and regards",
        "thanks & regards", "thanks and best regards",
        "thanks & best regards", "thank you and best regards", "thank you and regards",
        "best regards and thanks",
        // German
        "mit freundlichen grüßen", "mit freundlichen grüssen", "mit freundlichen gruessen",
        "mit freundlichem gruß", "mit freundlichem gruss", "freundliche grüße",
        "freundliche grüsse", "freundlichen gruß",
        "mit besten grüßen", "mit besten grüssen", "beste grüße", "beste grüsse", "besten gruß",
        "viele grüße", "viele grüsse", "viele liebe grüße", "liebe grüße", "liebe grüsse",
        "lieben gruß", "herzliche grüße", "herzliche grüsse",
        "schöne grüße", "schöne grüsse", "grüße", "grüsse", "gruß", "gruss", "mfg", "m.f.g", "lg",
        "vg", "bg", "hg", "hochachtungsvoll", "mit lieben grüßen", "mit vielen grüßen",
        "mit herzlichen grüßen", "sonnige grüße", "freundlich grüsst",
        // Dutch, Afrikaans
        "met vriendelijke groet", "met vriendelijke groeten", "vriendelijke groet",
        "vriendelijke groeten", "hartelijke groet", "hartelijke groeten", "met hartelijke groet",
        "groet", "groeten", "groetjes", "mvg", "m.v.g", "hoogachtend", "met groet", "beste groeten",
        "vriendelike groete",
        // French
        "cordialement", "bien cordialement", "très cordialement", "bien à vous", "bien a vous",
        "bien à toi", "cdt", "cdlt", "cordiales salutations", "sincères salutations",
        "salutations distinguées", "meilleures salutations", "avec mes salutations", "amicalement",
        "bonne journée", "bonne soirée", "bonne réception", "respectueusement", "salutations",
        "sincèrement", "à bientôt", "bises",
        // Spanish, Catalan, Galician
        "saludos", "saludos cordiales", "un saludo", "un cordial saludo", "cordiales saludos",
        "cordialmente", "atentamente", "atte", "un abrazo", "abrazos", "reciba un cordial saludo",
        "muy atentamente", "salutacions", "salutacions cordials", "atentament", "saúdos",
        // Italian
        "cordiali saluti", "distinti saluti", "saluti", "un saluto", "un cordiale saluto",
        "cordialmente", "buona giornata", "buona serata", "a presto", "i migliori saluti",
        "cari saluti", "tanti saluti",
        // Portuguese
        "atenciosamente", "att", "cumprimentos", "com os melhores cumprimentos",
        "melhores cumprimentos", "os meus cumprimentos", "abraço", "abraços", "um abraço",
        "com cumprimentos", "cordialmente", "saudações", "cordiais cumprimentos",
        // Romanian
        "cu stimă", "cu stima", "cu respect", "o zi bună", "o zi frumoasă", "toate cele bune",
        // Nordic
        "med venlig hilsen", "med venlige hilsner", "venlig hilsen", "venlige hilsner",
        "mange hilsner", "de bedste hilsner", "bedste hilsner", "bedste hilsen", "hilsen",
        "hilsner", "mvh", "m.v.h", "vh", "kh", "kærlig hilsen", "dbh", "med vennlig hilsen",
        "vennlig hilsen", "beste hilsen", "hilsen fra", "med beste hilsen",
        "med vänlig hälsning", "med vänliga hälsningar", "vänlig hälsning", "vänliga hälsningar",
        "hälsningar", "hälsning", "bästa hälsningar", "med bästa hälsningar", "varma hälsningar",
        "ystävällisin terveisin", "terveisin", "parhain terveisin", "yt", "terveiset", "með kveðju",
        "kveðja", "bestu kveðjur",
        // Slavic
        "pozdrawiam", "z poważaniem", "z powazaniem", "pozdrawiam serdecznie",
        "serdecznie pozdrawiam", "serdeczne pozdrowienia", "z pozdrowieniami", "pozdrowienia",
        "łączę pozdrowienia", "z wyrazami szacunku", "s pozdravem", "s pozdravom", "s úctou",
        "s přátelským pozdravem", "zdravím", "hezký den", "lijep pozdrav", "srdačan pozdrav",
        "s poštovanjem", "lep pozdrav", "pozdrav", "lp",
        "с уважением", "с наилучшими пожеланиями", "с наилучшими", "всего доброго",
        "всего хорошего", "хорошего дня", "з повагою", "з найкращими побажаннями", "з павагай",
        "с уважение", "поздрави", "поздрав", "с поштовањем", "срдачан поздрав", "с почит",
        // Hungarian, Baltic, Estonian, Greek, Turkish
        "üdvözlettel", "tisztelettel", "üdv", "szívélyes üdvözlettel", "köszönettel", "ar cieņu",
        "pagarbiai", "su pagarba", "geriausi linkėjimai", "lugupidamisega", "parimate soovidega",
        "tervitades", "με εκτίμηση", "φιλικά", "χαιρετισμούς", "με φιλικούς χαιρετισμούς",
        "saygılarımla", "saygılarımızla", "sevgiler", "iyi çalışmalar", "iyi günler", "selamlar",
        "en iyi dileklerimle", "hürmətlə",
        // Persian, Arabic, Hebrew, Urdu
        "با احترام", "با احترام فراوان", "با تقدیم احترام", "با سپاس و احترام", "با تشکر و احترام",
        "با احترام و تشکر", "ارادتمند", "ارادتمند شما", "با آرزوی موفقیت", "با آرزوی بهترین‌ها",
        "با درود", "مخلص شما", "دوستدار شما", "ایام به کام", "پاینده باشید",
        "مع التحية", "مع تحياتي", "مع خالص التحية", "تحياتي", "مع الشكر والتقدير", "مع الاحترام",
        "مع فائق الاحترام", "وتفضلوا بقبول فائق الاحترام", "بكل احترام", "בברכה", "בכבוד רב",
        "בתודה", "כל טוב", "والسلام",
        // East Asia
        "よろしくお願いします", "よろしくお願いいたします", "宜しくお願い致します", "宜しくお願いします", "敬具", "以上", "此致", "此致敬礼", "祝好",
        "顺祝商祺", "敬上", "謹啟", "감사합니다", "드림", "trân trọng", "kính thư", "salam", "hormat kami",
        "hormat saya",
    ])

    /// Said to somebody, anywhere: a sign-off only with a whole signature below.
    static let thanks = set([
        "best", "bests", "all the best", "cheers", "take care", "warmly", "yours", "love", "xoxo",
        "thanks", "thank you", "thanks a lot", "thanks so much", "thank you so much",
        "thank you very much", "many thanks", "thanks again", "thanks in advance",
        "thank you in advance", "with thanks", "thx", "ta", "tia", "much appreciated",
        "thanks very much", "thank you again", "thank you for your help",
        "danke", "vielen dank", "besten dank", "herzlichen dank", "danke schön", "danke im voraus",
        "vielen dank im voraus", "danke und gruß", "danke und viele grüße",
        "vielen dank und freundliche grüße", "vielen dank und viele grüße", "merci",
        "merci beaucoup", "merci d'avance", "merci par avance", "gracias", "muchas gracias",
        "mil gracias", "gracias de antemano", "grazie", "grazie mille", "molte grazie", "obrigado",
        "obrigada", "muito obrigado", "muito obrigada",
        "bedankt", "dank u", "dank je", "alvast bedankt", "hartelijk dank", "tack",
        "tack på förhand", "tack så mycket", "tak", "mange tak", "på forhånd tak", "takk",
        "tusen takk", "kiitos", "kiitoksia", "dziękuję", "dzięki", "z góry dziękuję", "děkuji",
        "děkuji vám", "ďakujem", "hvala", "hvala lijepa", "mulțumesc", "multumesc", "спасибо",
        "большое спасибо", "заранее спасибо", "благодарю", "дякую", "благодаря",
        "köszönöm", "ευχαριστώ", "teşekkürler", "teşekkür ederim", "ممنون", "ممنونم", "متشکرم",
        "با تشکر", "با تشکر فراوان", "با سپاس", "با سپاس فراوان", "سپاسگزارم", "سپاس", "تشکر",
        "شكرا", "شكراً", "شكرا جزيلا", "תודה", "תודה רבה", "谢谢", "謝謝", "ありがとうございます",
    ])

    /// Small words in names.
    static let particles = set([
        "de", "da", "do", "dos", "das", "di", "del", "della", "la", "le", "du", "van", "von", "der",
        "den", "ten", "ter", "zu", "bin", "ibn", "al", "el", "y", "e", "and", "und", "et", "och",
        "og", "&", "af", "av",
    ])

    static let postscripts = QuoteWords.bytes([
        "ps:", "ps ", "p.s.", "p.s ", "ps.", "p.p.s", "n.b.", "nb:", "p/s", "пс", "p. s.", "پ.ن",
        "پی‌نوشت", "بعدالتحریر",
    ])
}
