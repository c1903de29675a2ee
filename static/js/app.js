// Everything the pages do by themselves. Each module finds its own elements by data- attributes.
// The modules are joined when static files are collected (learningspaces/lib/joined.py).
import "../django_htmx/htmx-2.min.js";
import "./busy.js";
import "./copy.js";
import "./countdown.js";
import "./dismiss.js";
import "./zones.js"; // before drafts, which give back what was chosen
import "./drafts.js";
import "./focus.js";
import "./folds.js";
import "./keys.js";
import "./members.js";
import "./recorder.js";
import "./tabs.js";
import "./webauthn.js";

document.documentElement.classList.add("js");
