"""Makes the mails of the benchmarks: the same ones for the same seed.

usage: mails.py FILE COUNT [SEED]

Shares after a support desk's day: 59 % new questions and 41 % answers to an earlier mail of the same thread (at least
250 mails before, so that with 50 connections the earlier one is stored), 24 % multipart/alternative, 8 % with a file of
20 to 200 KB, senders out of a pool of 2,000, half Persian and half English, each charset and transfer encoding that such
mails come in.

FILE holds, for each mail: length of the sender (4 bytes, little-endian), sender, length of the mail, mail with CRLF.
"""
import base64
import quopri
import random
import struct
import sys

ENGLISH = """order parcel invoice refund password account screen printer delivery address button error payment card
bank number today yesterday week month please thanks hello still again never always problem question answer help
customer service manager colour size wrong broken missing late early open close install update version phone call mail
message reply wait hour minute morning evening because after before with without about another first second last page
link photo file document contract price discount coupon shipping warehouse return exchange warranty repair battery
charger cable case box package label receipt tax total cancel change confirm subscribe login email website app
laptop tablet keyboard""".split()
PERSIAN = """سفارش بسته فاکتور بازگشت رمز حساب صفحه چاپگر ارسال نشانی دکمه خطا پرداخت کارت بانک شماره امروز دیروز هفته
ماه لطفا ممنون سلام هنوز دوباره هرگز همیشه مشکل پرسش پاسخ کمک مشتری خدمات مدیر رنگ اندازه اشتباه شکسته گم‌شده دیر زود
باز بسته نصب به‌روزرسانی نسخه تلفن تماس نامه پیام جواب صبر ساعت دقیقه صبح عصر چون بعد قبل با بدون درباره دیگر اول دوم
آخر پیوند عکس پرونده سند قرارداد قیمت تخفیف انبار مرجوعی تعویض گارانتی تعمیر باتری شارژر کابل جعبه برچسب رسید مالیات
جمع لغو تغییر تایید عضویت ورود وب‌سایت برنامه می‌خواهم نمی‌توانم شده است نیست کنید""".split()
NAMES = """Sara Mina Reza Ali Leila Omid Parisa Kian Anna Peter Maria John Olga Hugo Emma Lucas""".split()
SURNAMES = """Rezaei Karimi Ahmadi Moradi Novak Weber Silva Rossi Jensen Kowalski Martin Dubois""".split()
PERSIAN_NAMES = "سارا مینا رضا علی لیلا امید پریسا کیان".split()
CHARSETS = (
    [("utf-8", "quoted-printable")] * 4 + [("utf-8", "base64")] * 3 + [("utf-8", "8bit")] * 2
    + [("utf-8", "7bit")] + [("iso-8859-1", "quoted-printable"), ("iso-8859-1", "8bit")]
)
POOL = 2_000
DISTANCE = 250


class Writer:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.seed = seed
        # (sender, subject, message ids of the thread), by mail
        self.threads = []

    def words(self, vocabulary, count):
        return " ".join(self.random.choices(vocabulary, k=count))

    def text(self, persian):
        vocabulary = PERSIAN if persian else ENGLISH
        lines = []
        for _ in range(self.random.randint(2, 12)):
            lines.append(self.words(vocabulary, self.random.randint(4, 16)) + ".")
            if self.random.random() < 0.3:
                lines.append("")
        lines.append(f"{self.random.randint(10_000, 999_999)}")
        return lines

    def header(self, text):
        if text.isascii():
            return text
        # One encoded word holds 75 bytes at most, so no part of the text may be long.
        words, part = [], ""
        for word in text.split(" "):
            if len((part + " " + word).encode()) > 42 and part:
                words.append(part)
                part = " " + word
            else:
                part = f"{part} {word}" if part else word
        words.append(part)
        encoded = [f"=?utf-8?B?{base64.b64encode(word.encode()).decode()}?=" for word in words]
        return "\r\n ".join(encoded)

    def part(self, kind, lines, persian):
        charset, encoding = self.random.choice(CHARSETS)
        if persian and charset != "utf-8":
            charset = "utf-8"
        if encoding == "7bit" and persian:
            encoding = "quoted-printable"
        text = "\r\n".join(lines) + "\r\n"
        if charset == "iso-8859-1":
            text = text.replace("hello", "grüße", 1)
        body = text.encode(charset, "replace")
        if encoding == "base64":
            body = base64.encodebytes(body).replace(b"\n", b"\r\n")
        elif encoding == "quoted-printable":
            body = quopri.encodestring(body.replace(b"\r\n", b"\n")).replace(b"\n", b"\r\n")
        head = f"Content-Type: text/{kind}; charset={charset}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
        return head.encode() + body

    def attachment(self):
        size = self.random.randint(20_000, 200_000)
        kind, name = self.random.choice(
            [("image/jpeg", "photo.jpg"), ("application/pdf", "invoice.pdf"), ("image/png", "screen.png")])
        body = base64.encodebytes(self.random.randbytes(size)).replace(b"\n", b"\r\n")
        head = (f"Content-Type: {kind}; name=\"{name}\"\r\nContent-Transfer-Encoding: base64\r\n"
                f"Content-Disposition: attachment; filename=\"{name}\"\r\n\r\n")
        return head.encode() + body

    def multipart(self, kind, parts):
        boundary = f"=_{self.random.getrandbits(96):024x}"
        out = f"Content-Type: multipart/{kind}; boundary=\"{boundary}\"\r\n\r\n".encode()
        for part in parts:
            out += f"--{boundary}\r\n".encode() + part + b"\r\n"
        return out + f"--{boundary}--\r\n".encode()

    def body(self, quoted):
        persian = self.random.random() < 0.5
        lines = self.text(persian)
        if quoted:
            lines += ["", "On Monday support wrote:"] + [f"> {line}" for line in self.text(persian)]
        entity = self.part("plain", lines, persian)
        if self.random.random() < 0.245:
            html = ["<html><body>"] + [f"<p>{line}</p>" for line in lines] + ["</body></html>"]
            entity = self.multipart("alternative", [entity, self.part("html", html, persian)])
        if self.random.random() < 0.079:
            entity = self.multipart("mixed", [entity, self.attachment()])
        return entity, persian

    def mail(self, index):
        parent = None
        if index > DISTANCE and self.random.random() < 0.44:
            parent = self.threads[self.random.randrange(0, index - DISTANCE)]
        entity, persian = self.body(quoted=parent is not None)
        message_id = f"<{self.seed:x}.{index:06d}.{self.random.getrandbits(48):012x}@mail.example.net>"
        if parent:
            sender, subject, references = parent
            references = references[-8:]
            subject = subject if subject.startswith("Re: ") else "Re: " + subject
        else:
            number = self.random.randrange(POOL)
            name = (self.random.choice(PERSIAN_NAMES) if number % 3 == 0
                    else f"{NAMES[number % 16]} {SURNAMES[number % 12]}")
            sender = (name, f"customer{number:04d}@example.net")
            subject = self.words(PERSIAN if persian else ENGLISH, self.random.randint(3, 7))
            references = []
        self.threads.append((sender, subject, references + [message_id]))
        headers = [
            "Received: from mx.example.net (mx.example.net [192.0.2.1]) by mail.example.org with ESMTPS; "
            "Mon, 16 Nov 2026 10:00:00 +0000",
            f"From: {self.header(sender[0])} <{sender[1]}>", "To: Support <support@example.org>",
            "Subject: " + self.header(subject),
            f"Date: Mon, 16 Nov 2026 {index // 3600 % 24:02d}:{index // 60 % 60:02d}:{index % 60:02d} +0000",
            f"Message-ID: {message_id}",
        ]
        if references:
            headers += [f"In-Reply-To: {references[-1]}", "References: " + "\r\n ".join(references)]
        headers.append("MIME-Version: 1.0")
        return sender[1].encode(), "\r\n".join(headers).encode() + b"\r\n" + entity


def write(path, count, seed):
    writer = Writer(seed)
    total = 0
    with open(path, "wb") as file:
        for index in range(count):
            sender, mail = writer.mail(index)
            file.write(struct.pack("<I", len(sender)) + sender + struct.pack("<I", len(mail)) + mail)
            total += len(mail)
    return total


if __name__ == "__main__":
    if not 3 <= len(sys.argv) <= 4:
        sys.exit(__doc__)
    size = write(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) == 4 else 20240607)
    print(f"{sys.argv[2]} mails, {size} bytes", file=sys.stderr)
