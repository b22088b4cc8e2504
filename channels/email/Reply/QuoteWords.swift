/// What mail programs write around a quotation, by language. Lower case where a script has cases and ASCII folding would
/// not do it; compared as bytes.
enum QuoteWords {
    static func bytes(_ words: [String]) -> [[UInt8]] { words.map { Array($0.utf8) } }

    /// “wrote” in an attribution line.
    static let verbs = bytes([
        "wrote", "writes", "sent:", "schrieb", "a écrit", "a ecrit", "escribió", "escribio",
        "ha escrito", "ha scritto", "scrive", "escreveu", "schreef", "geschreven", "skrev",
        "skreiv",
        "skrifaði", "kirjoitti", "napisał", "napisal", "napisao", "napsal", "napísal", "pisze",
        "писал", "написал", "пишет", "написав", "написала", "пише", "написа", "напиша", "піша",
        "a scris", "írta", "írta:", "yazdı", "yazmış", "yazıb", "έγραψε", "je napisao", "sporoča",
        "shkroi", "rakstīja", "kirjutas", "idatzi", "ha escrit", "va escriure", "escribeu",
        "ha scribite", "hà scrittu", "ysgrifennodd", "scríobh", "sgrìobh", "skribis", "menulis",
        "ditulis", "đã viết", "skreau", "bet skrivet", "skrivet eo", "დაწერა", "գրել է", "nivîsî",
        "parašė", "a napisat", "נכתב", "כתב", "כתבה", "كتب", "كَتَب", "كتبت", "الرسالة:", "نوشت",
        "نوشته", "نوشته است", "写道", "写到", "寫道", "寫到", "書きました", "のメール", "작성:", "씀", "ने लिखा",
        "എഴുതി", "het volgende geschreven", "wiadomość napisana", "пользователь",
    ])

    /// How an attribution may begin; what follows is a date or a name.
    static let starters = bytes([
        "on ", "le ", "am ", "el ", "il ", "op ", "den ", "em ", "em ", "a ", "w dniu ", "dnia ",
        "wiadomość napisana", "в ", "на ", "dana ", "dne ", "dňa ", "ma ", "më ", "no ", "på ",
        "pe ",
        "în ", "vào ", "στις ", "u ", "ar ", "þann ", "în data", "в сообщении", "dňa", "d'an/ar",
        "於 ", "于 ", "在 ", "في ", "بتاريخ ", "در ", "در تاریخ", "בתאריך", "ב-", "datumā ", "lør",
        "-- on",
        "--- on", "mar.", "lun.", "mer.", "jeu.", "ven.", "sam.", "dim.", "şu tarihte", "от ",
    ])

    /// Words of a line such as “-----Original Message-----”.
    static let separators = bytes([
        "original message", "original-nachricht", "originalnachricht", "ursprüngliche nachricht",
        "ursprungliche nachricht", "message d'origine", "message original", "message d’origine",
        "mensaje original", "mensagem original", "messaggio originale", "oorspronkelijk bericht",
        "originele bericht", "opprinnelig melding", "oprindelig meddelelse", "originalmeddelelse",
        "oprindelig besked", "opprinnelig besked",
        "ursprungligt meddelande", "originalmeddelande", "alkuperäinen viesti",
        "oryginalna wiadomość",
        "wiadomość oryginalna", "původní zpráva", "pôvodná správa", "исходное сообщение",
        "оригинальное сообщение", "первоначальное сообщение", "вихідне повідомлення",
        "eredeti üzenet", "mesaj original", "mesajul original", "orijinal mesaj", "özgün ileti",
        "αρχικό μήνυμα", "original email", "original mail", "forwarded message",
        "forwarded by", "weitergeleitete nachricht", "message transféré", "mensaje reenviado",
        "mensagem encaminhada", "messaggio inoltrato", "doorgestuurd bericht", "videresendt",
        "vidarebefordrat", "пересылаемое сообщение", "пересланное сообщение",
        "przekazana wiadomość",
        "reply message", "reply above this line", "antwort über dieser zeile", "wrote ----",
        "پیام اصلی", "پیام نخستین",
        "پیام ارسالی", "پیام فوروارد", "پیام بازارسال", "الرسالة الأصلية", "رسالة أصلية",
        "الرسالة المحولة", "ההודעה המקורית", "הודעה מקורית", "הודעה שהועברה", "原始邮件", "原始郵件",
        "邮件原件", "转发邮件", "元のメッセージ", "원본 메시지", "ursprünglichen nachricht",
        "ursprüngliche mail", "begin forwarded",
        "оригинално съобщение", "препратено съобщение", "izvorna poruka", "originalna poruka",
        "proslijeđena poruka", "izvirno sporočilo",
        "posredovano sporočilo", "pirminis laiškas", "originalus", "algne sõnum", "edastatud kiri",
        "sākotnējais ziņojums", "thư gốc", "tin nhắn gốc", "pesan asli",
        "missatge original", "missatge reenviat", "upprunaleg skilaboð", "välitetty viesti",
        "edelleenlähetetty", "przesłana wiadomość", "přeposlaná zpráva", "preposlaná správa",
        "továbbított üzenet", "yönlendirilen ileti", "iletilen ileti", "προωθημένο μήνυμα",
        "mesaj redirecționat", "forwarded mail", "forwarded email", "reply to original",
        "previous message", "quoted message",
        "پیام هدایت‌شده", "پیام هدایت شده", "نامه اصلی", "ایمیل اصلی", "پیام قبلی",
        "الرسالة السابقة",
    ])

    /// Lines, without dashes around them, with which Apple's and others' programs begin a forwarded mail.
    static let forwards = bytes([
        "begin forwarded message", "anfang der weitergeleiteten", "weitergeleitete nachricht:",
        "début du message réexpédié", "début du message transféré", "message transféré :",
        "inicio del mensaje reenviado", "mensaje reenviado:", "inizio messaggio inoltrato",
        "messaggio inoltrato:", "início da mensagem encaminhada",
        "início da mensagem reencaminhada", "begin doorgestuurd bericht", "doorgestuurd bericht:",
        "videresendt besked", "start på videresendt", "påbegynd videresendt",
        "vidarebefordrat brev", "vidarebefordrat meddelande:", "välitetty viesti",
        "edelleenlähetetty viesti", "początek przekazywanej", "začátek přeposlané",
        "začiatok preposlanej",
        "начало переадресованного", "початок переспрямованого", "yönlendirilen ileti",
        "iletilen ileti", "továbbított levél", "începutul mesajului", "آغاز پیام",
        "پیام بازارسال‌شده", "بداية الرسالة", "轉寄的郵件", "转发的邮件", "転送されたメッセージ",
    ])

    enum Label { case from, date, to, subject, other }

    /// Labels of the header lines that Outlook and its kin put above a quotation.
    static let labels: [[UInt8]: Label] = {
        var table: [[UInt8]: Label] = [:]
        func add(_ words: [String], _ label: Label) {
            for word in words { table[Array(word.utf8)] = label }
        }
        add(
            [
                "from", "von", "de", "da", "van", "fra", "från", "od", "от", "від", "від кого",
                "lähettäjä", "feladó", "από", "kimden", "gönderen", "من", "از", "از طرف", "فرستنده",
                "מאת",
                "发件人", "寄件者", "寄件人", "差出人", "보낸 사람", "de la", "expéditeur", "remitente",
                "mittente", "afzender", "avsändare", "saatja", "frá", "nga", "от кого",
                "šalje", "pošiljatelj", "nuo", "no", "từ", "dari", "pengirim", "발신", "ส่งจาก", "от:",
                "از سوی", "فرستنده پیام", "المرسل", "remetente",
                "de parte de", "absender", "odesílatel", "odosielateľ", "nadawca", "отправитель",
                "відправник", "подател", "αποστολέας",
            ], .from)
        add(
            [
                "sent", "date", "gesendet", "datum", "envoyé", "envoyé le", "envoye", "envoye le",
                "enviado", "enviado el", "enviado em", "enviada", "enviada em", "enviada el",
                "data",
                "inviato", "data invio", "verzonden", "verzonden op", "sendt", "dato", "skickat",
                "wysłano", "wyslano", "дата", "отправлено", "надіслано", "lähetetty", "päivämäärä",
                "päiväys", "elküldve", "dátum", "küldve", "tarih", "gönderildi", "gönderme tarihi",
                "أُرسلت", "تم الإرسال", "التاريخ", "تاريخ", "تاریخ", "ارسال", "ارسال شده", "زمان",
                "fecha",
                "נשלח", "תאריך", "发送时间", "发送日期", "日期", "寄件日期", "送信日時", "日時", "보낸 날짜",
                "trimis", "odesláno", "odoslané", "στάλθηκε", "ημερομηνία", "datum odeslání",
                "sendt den",
                "date d'envoi", "date et heure", "poslano", "datum slanja", "изпратено", "išsiųsta",
                "nosūtīts", "nosūtīta",
                "saatmisaeg", "saadetud", "ngày", "đã gửi", "dikirim", "tanggal", "enviat",
                "تاريخ الإرسال", "تاریخ ارسال", "ارسال شده در", "فرستاده شده",
                "zeit", "heure", "ora", "sent at", "sent on", "on", "data wysłania", "datum/tijd",
                "date sent", "dátum odoslania", "küldés dátuma", "sendt:", "fecha de envío",
            ], .date)
        add(
            [
                "to", "an", "à", "À", "a", "para", "aan", "til", "till", "do", "кому",
                "vastaanottaja",
                "címzett", "προς", "kime", "إلى", "الى", "به", "گیرنده", "אל", "收件人", "收件者", "宛先",
                "받는 사람", "către", "catre", "komu", "pro", "za", "destinatario", "destinataire",
                "alıcı", "prima", "primatelj", "до", "kam", "adressaat", "đến", "kepada", "per a",
                "empfänger", "ontvanger", "mottaker", "modtager", "mottagare",
                "odbiorca", "adresat", "příjemce", "príjemca", "получатель", "одержувач",
                "παραλήπτης", "المستلم", "دریافت‌کننده", "recipient", "recipients", "destinatários",
                "destinatari",
            ], .to)
        add(
            [
                "subject", "betreff", "objet", "asunto", "assunto", "oggetto", "onderwerp", "emne",
                "ämne", "temat", "тема", "aihe", "tárgy", "θέμα", "konu", "الموضوع", "موضوع",
                "נושא", "主题",
                "主旨", "件名", "제목", "subiect", "předmět", "predmet", "subj", "sujet",
                "naslov", "tema", "temats", "teema", "относно", "zadeva", "subjek", "chủ đề",
                "assumpte", "efni", "عنوان", "titel",
            ], .subject)
        add(
            [
                "cc", "bcc", "kopie", "kopia", "copie", "reply-to", "risposta", "risposta a",
                "antwort an",
                "répondre à", "responder a", "copy", "importance", "رونوشت", "نسخة", "抄送",
                "copie à",
            ], .other)
        return table
    }()

    /// “Sent from my …”: how such a line begins.
    static let devices = bytes([
        "sent from ", "sent wirelessly ", "sent on the move", "sent by my ", "sent through ",
        "sent via ", "sent with ", "sent using ", "sent on the go", "get outlook for",
        "get bluemail", "sent securely ", "this email was sent from my ", "typed on my ",
        "written on my ", "envoyé sans fil", "envoyé avec ", "enviado con ", "enviado com ",
        "enviado mediante", "enviado a través", "inviato con ",
        "von meinem ", "gesendet von meinem", "gesendet mit ", "gesendet von mail", "gesendet aus",
        "diese nachricht wurde von mein", "envoyé de mon", "envoyé depuis", "envoyé à partir de",
        "télécharger outlook", "obtenir outlook", "obtenez outlook", "provenance : courrier",
        "enviado desde mi", "enviado do meu", "enviado a partir do", "enviado desde",
        "enviado de meu", "obter o outlook", "obtener outlook", "inviato da ", "inviato dal mio",
        "verzonden vanaf", "verstuurd vanaf", "verzonden met", "sendt fra min", "sendt fra ",
        "skickat från min", "skickat från ", "lähetetty ", "wysłane z ", "wysłano z ",
        "отправлено с ", "отправлено из ", "надіслано з ", "послано с", "trimis de pe ",
        "küldve ", "elküldve ", "odesláno z ", "odoslané z ", "iphone'umdan gönderildi",
        "στάλθηκε από", "أُرسلت من", "أرسلت من", "مرسل من", "ارسال شده از", "ارسال‌شده از",
        "فرستاده شده از",
        "ارسال از ", "از آیفون من", "نشر من", "נשלח מה", "发自我的", "从我的", "發自我的", "iphoneから送信",
        "나의 iphone", "saadetud minu", "poslano z ", "poslano s ",
    ])
}
