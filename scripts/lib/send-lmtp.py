"""Hands mails to an LMTP socket and prints the reply of each. Line ends of a file become those of mail (CRLF).

usage: send-lmtp.py SOCKET SENDER RECIPIENT FILE…
"""
import os
import re
import smtplib
import sys

socket_path, sender, recipient = sys.argv[1:4]
client = smtplib.LMTP(os.path.abspath(socket_path))
client.ehlo()
status = 0
for path in sys.argv[4:]:
    with open(path, "rb") as file:
        mail = re.sub(rb"(?<!\r)\n", b"\r\n", file.read())
    client.mail(sender)
    code, text = client.rcpt(recipient)
    if code < 300:
        code, text = client.data(mail)
    print(code, text.decode("utf-8", "replace"))
    status = max(status, 0 if code < 300 else 1)
client.quit()
sys.exit(status)
