// Passkeys: asks the browser for one when a form is sent, and puts its answer into the form.
// <form data-passkey="create"> makes one, "get" uses one. The options stand in #passkey-options,
// or are fetched from data-passkey-url. What goes wrong is said in [data-passkey-problem].
const WORDS = {
  insecure: "Passkeys need an encrypted connection (https), which this page does not have.",
  missing: "This browser cannot use passkeys.",
  NotAllowedError: "No passkey was used: it was cancelled, or it took too long.",
  InvalidStateError: "This device already holds a passkey for your account.",
  SecurityError: "Passkeys belong to the site's name, and this page was opened under another one.",
  NotSupportedError: "This device cannot make a passkey of the kind that is needed here.",
  429: "Too many tries. Wait a minute.",
  offline: "The site could not be reached. Look at your connection.",
};
const FINAL = new Set(["insecure", "missing", "SecurityError", "InvalidStateError"]);

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

// By hand and not by parse…FromJSON and toJSON: some browsers and password managers lack them.
const descriptors = (list) => list?.map((item) => ({ ...item, id: bytes(item.id) }));

function read(publicKey) {
  const options = { ...publicKey, challenge: bytes(publicKey.challenge) };
  if (options.user) options.user = { ...options.user, id: bytes(options.user.id) };
  for (const key of ["excludeCredentials", "allowCredentials"]) {
    if (options[key]) options[key] = descriptors(options[key]);
  }
  const choice = options.authenticatorSelection;
  if (choice && choice.residentKey !== "required") {
    // Wherever the device can, the passkey shall be able to sign in alone.
    options.authenticatorSelection = {
      ...choice,
      residentKey: "preferred",
      requireResidentKey: false,
      userVerification: "preferred",
    };
  }
  return options;
}

function write(credential) {
  const response = {};
  for (const key of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[key]) response[key] = text(credential.response[key]);
  }
  if (credential.response.getTransports) response.transports = credential.response.getTransports();
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function optionsOf(form) {
  const url = form.dataset.passkeyUrl;
  if (!url) return JSON.parse(document.getElementById("passkey-options").textContent);
  const answer = await fetch(url, { headers: { Accept: "application/json" } }).catch(() => {
    throw Object.assign(new Error(), { name: "offline" });
  });
  if (!answer.ok) throw Object.assign(new Error(), { name: answer.status });
  return (await answer.json()).request_options;
}

async function use(form) {
  if (!window.isSecureContext) throw Object.assign(new Error(), { name: "insecure" });
  if (!window.PublicKeyCredential) throw Object.assign(new Error(), { name: "missing" });
  const { publicKey } = await optionsOf(form);
  const credential = await navigator.credentials[form.dataset.passkey]({ publicKey: read(publicKey) });
  form.elements.credential.value = JSON.stringify(write(credential));
  form.submit();
}

function tell(form, error) {
  const line = form.querySelector("[data-passkey-problem]");
  const words = WORDS[error.name] ?? "The passkey could not be used.";
  const next = [];
  if (!FINAL.has(error.name)) next.push("try again");
  if (form.dataset.passkey === "get") next.push("choose another way");
  line.textContent = next.length ? `${words} You can ${next.join(", or ")}.` : words;
  line.hidden = false;
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  let isBusy = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isBusy) return;
    isBusy = true;
    form.querySelector("[data-passkey-problem]").hidden = true;
    await use(form).catch((error) => tell(form, error));
    isBusy = false;
  });
}

// Back on a page that was left by a passkey: what was sent is used up.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-passkey]")) form.elements.credential.value = "";
});
