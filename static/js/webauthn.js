// Passkeys: hands the elements named in data- attributes to allauth's own functions.
// <button data-passkey="loginForm" data-credential="id" data-source="id of the JSON" data-passwordless="id">
import { notice, say } from "./words.js";

const ROLE = { addForm: "add", signupForm: "signup", loginForm: "login", authenticateForm: "authenticate" };

function prepare(button) {
  const { passkey, credential, source, passwordless } = button.dataset;
  const ids = { [ROLE[passkey]]: button.id, credential };
  if (source) ids.data = source;
  if (passwordless) ids.passwordless = passwordless;
  window.allauth.webauthn.forms[passkey]({ ids });
}

for (const button of document.querySelectorAll("[data-passkey]")) {
  if (window.PublicKeyCredential && window.allauth?.webauthn) prepare(button);
  else {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      notice(say("passkeyUnsupported"));
    });
  }
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  notice(say("passkeyStopped"));
});
