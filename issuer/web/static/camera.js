// Reads the QR code of a document with the camera. An extra: without it, the form does all that it does.
// No picture leaves the device: each one is read here, and what the code says is the only thing that is sent.

const EVERY_MS = 150; // between two looks: a code is held still for longer
const LONGEST_MS = 120_000; // a forgotten camera stops by itself
const LONGEST_SIDE = 800; // pixels: enough for a code of version 10 that fills a third of the picture

const PAGES = /^\/[vs]\//; // of an award, of a share

const area = document.getElementById("camera");
const start = document.getElementById("camera-start");
const stop = document.getElementById("camera-stop");
const view = document.getElementById("camera-view");
const said = document.getElementById("camera-said");
const text = document.getElementById("text");
const files = document.getElementById("file");

let stream = null;
let timer = 0;
let turn = 0; // of the camera: what an earlier turn still has under way is dropped

function say(what) {
  said.textContent = what ? area.dataset[what] : "";
}

function end(what) {
  turn += 1;
  clearTimeout(timer);
  if (stream) for (const track of stream.getTracks()) track.stop();
  stream = null;
  view.srcObject = null;
  view.hidden = stop.hidden = true;
  start.hidden = false;
  say(what);
}

// The link of an award or of a share of ours is opened; anything else is put into the form, and judged as if pasted.
function use(found) {
  end("found");
  let address = null;
  try {
    address = new URL(found);
  } catch {
    // no address: a code, or a text
  }
  if (address && address.origin === location.origin && PAGES.test(address.pathname)) {
    const language = new URLSearchParams(location.search).get("lang");
    if (language && !address.searchParams.has("lang")) address.searchParams.set("lang", language);
    location.assign(address.pathname + address.search + address.hash);
    return;
  }
  text.value = found;
  files.value = "";
  text.form.requestSubmit();
}

// The browser's own reader where it has one, else the one beside this file, fetched on first use.
async function reader() {
  try {
    const formats = await globalThis.BarcodeDetector?.getSupportedFormats();
    if (formats?.includes("qr_code")) {
      const own = new globalThis.BarcodeDetector({ formats: ["qr_code"] });
      return async (canvas) => (await own.detect(canvas))[0]?.rawValue;
    }
  } catch {
    // announced, and not there
  }
  const { decodeQR } = await import("./vendor/qr/decode.js");
  return async (canvas, context) => {
    const picture = context.getImageData(0, 0, canvas.width, canvas.height);
    try {
      return decodeQR(picture);
    } catch {
      return undefined; // no code in this picture
    }
  };
}

async function look(read, canvas, context, mine, since) {
  if (mine !== turn) return;
  if (performance.now() - since > LONGEST_MS) return end("stopped");
  let found;
  if (view.videoWidth) {
    const scale = Math.min(1, LONGEST_SIDE / Math.max(view.videoWidth, view.videoHeight));
    canvas.width = Math.round(view.videoWidth * scale);
    canvas.height = Math.round(view.videoHeight * scale);
    context.drawImage(view, 0, 0, canvas.width, canvas.height);
    try {
      found = (await read(canvas, context))?.trim();
    } catch {
      if (mine === turn) end("failed");
      return;
    }
  }
  if (mine !== turn) return;
  if (found) return use(found);
  timer = setTimeout(look, EVERY_MS, read, canvas, context, mine, since);
}

async function begin() {
  turn += 1;
  const mine = turn;
  start.hidden = true;
  stop.hidden = false;
  stop.focus();
  say("looking");
  let opened;
  try {
    opened = await navigator.mediaDevices.getUserMedia({
      audio: false,
      video: { facingMode: "environment", width: { ideal: 1280 } },
    });
  } catch (error) {
    if (mine === turn) {
      end(error.name === "NotAllowedError" ? "denied" : "none");
      start.focus();
    }
    return;
  }
  if (mine !== turn) {
    for (const track of opened.getTracks()) track.stop();
    return;
  }
  stream = opened;
  try {
    view.srcObject = stream;
    view.hidden = false;
    await view.play();
    const read = await reader();
    const canvas = document.createElement("canvas");
    const context = canvas.getContext("2d", { willReadFrequently: true });
    await look(read, canvas, context, mine, performance.now());
  } catch {
    if (mine === turn) end("failed");
  }
}

function close() {
  end("stopped");
  start.focus();
}

if (area && navigator.mediaDevices?.getUserMedia) {
  area.hidden = false;
  start.addEventListener("click", begin);
  stop.addEventListener("click", close);
  area.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !stop.hidden) close();
  });
  addEventListener("pagehide", () => end(""));
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && !stop.hidden) end("stopped");
  });
}
