"""A real Chromium (Debian's package; `scripts/setup --browser`), driven over its debugging pipe: nothing but Python's library."""
import base64
import json
import os
import shutil
import subprocess
import tempfile

PROGRAM = os.environ.get("HAMDEL_CHROMIUM") or shutil.which("chromium")

# What axe-core would look for on a page as small as ours: names, contrast, sizes, language, order.
AUDIT = r"""
(() => {
  const faults = [];
  const rgb = text => (text.match(/[\d.]+/g) || []).map(Number);
  const solid = parts => parts.length < 4 || parts[3] > 0;
  const ground = element => {
    for (let at = element; at; at = at.parentElement) {
      const colour = rgb(getComputedStyle(at).backgroundColor);
      if (colour.length && solid(colour) && !(colour.length === 4 && colour[3] === 0)) return colour;
    }
    return matchMedia('(prefers-color-scheme: dark)').matches ? [18, 18, 18] : [255, 255, 255];
  };
  const light = colour => {
    const [r, g, b] = colour.map(part => part / 255).map(part => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + 0.05) / (y + 0.05); };
  let least = 21;
  for (const element of document.querySelectorAll('h1,legend,label,span,p,button,textarea')) {
    if (!element.textContent.trim() && element.tagName !== 'TEXTAREA') continue;
    const ratio = contrast(rgb(getComputedStyle(element).color).slice(0, 3), ground(element).slice(0, 3));
    least = Math.min(least, ratio);
    if (ratio < 4.5) faults.push(`contrast ${ratio.toFixed(2)}: ${element.tagName} ${element.textContent.trim().slice(0, 30)}`);
  }
  for (const field of document.querySelectorAll('input,textarea')) {
    const name = [...(field.labels || [])].map(label => label.textContent.trim()).join(' ');
    if (!name) faults.push(`no label: ${field.name}`);
  }
  for (const button of document.querySelectorAll('button')) if (!button.textContent.trim()) faults.push('a button without a name');
  if (!document.querySelector('fieldset > legend')) faults.push('the scores have no legend');
  for (const target of document.querySelectorAll('label.score, button:not(.plain)')) {
    const box = target.getBoundingClientRect();
    if (box.height < 44) faults.push(`too small to press: ${target.textContent.trim()} ${box.height}`);
  }
  const root = document.documentElement;
  if (!root.lang) faults.push('no language');
  if (!document.title) faults.push('no title');
  if (document.querySelectorAll('h1').length !== 1) faults.push('not one heading');
  if (!document.querySelector('main')) faults.push('no main');
  if (root.scrollWidth > root.clientWidth) faults.push(`wider than the screen: ${root.scrollWidth} > ${root.clientWidth}`);
  if (document.scripts.length) faults.push('a script');
  return {faults, contrast: least, lang: root.lang, dir: getComputedStyle(root).direction, checked: [...document.querySelectorAll('input:checked')].map(input => input.value)};
})()
"""


class Browser:
    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="hamdel-chromium-")
        child_reads, self.writing = os.pipe()
        self.reading, child_writes = os.pipe()

        def adopt():
            os.dup2(child_reads, 13)
            os.dup2(child_writes, 14)
            os.dup2(13, 3)
            os.dup2(14, 4)

        self.process = subprocess.Popen(
            [PROGRAM, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
             "--remote-debugging-pipe", "--no-first-run", f"--user-data-dir={self.folder}", "about:blank"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=adopt, close_fds=False)
        os.close(child_reads)
        os.close(child_writes)
        self.buffer = b""
        self.count = 0
        self.events = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.call("Page.enable")
        self.call("Network.enable")

    session = None

    def message(self):
        while b"\0" not in self.buffer:
            data = os.read(self.reading, 1 << 16)
            if not data:
                raise AssertionError("the browser ended")
            self.buffer += data
        one, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(one)

    def call(self, method, **params):
        self.count += 1
        request = {"id": self.count, "method": method, "params": params}
        if self.session:
            request["sessionId"] = self.session
        os.write(self.writing, json.dumps(request).encode() + b"\0")
        while True:
            message = self.message()
            if message.get("id") == self.count:
                if "error" in message:
                    raise AssertionError(f"{method}: {message['error']}")
                return message["result"]
            self.events.append(message)

    def wait(self, method):
        while True:
            for index, event in enumerate(self.events):
                if event.get("method") == method:
                    del self.events[:index + 1]
                    return event["params"]
            self.events.append(self.message())

    def look(self, width, height, scheme, mobile):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=mobile)
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])

    def open(self, url):
        """Loads a page; how many requests that took."""
        self.events.clear()
        self.call("Page.navigate", url=url)
        seen = []
        while True:
            event = self.events.pop(0) if self.events else self.message()
            if event.get("method") == "Network.requestWillBeSent":
                seen.append(event["params"]["request"]["url"])
            if event.get("method") == "Page.loadEventFired":
                return seen

    def evaluate(self, script):
        result = self.call("Runtime.evaluate", expression=script, returnByValue=True)
        if "exceptionDetails" in result:
            raise AssertionError(result["exceptionDetails"])
        return result["result"].get("value")

    def press(self, key, code, text=None):
        for kind in ["keyDown", "keyUp"]:
            extra = {"text": text} if text and kind == "keyDown" else {}
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code, **extra)

    def screenshot(self, path):
        height = self.evaluate("document.documentElement.scrollHeight")
        width = self.evaluate("document.documentElement.clientWidth")
        picture = self.call(
            "Page.captureScreenshot", format="png", captureBeyondViewport=True,
            clip={"x": 0, "y": 0, "width": width, "height": height, "scale": 1})
        with open(path, "wb") as file:
            file.write(base64.b64decode(picture["data"]))

    def close(self):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        os.close(self.reading)
        os.close(self.writing)
        shutil.rmtree(self.folder, ignore_errors=True)
