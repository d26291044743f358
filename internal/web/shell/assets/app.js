// Everything here makes a page quicker; nothing on it needs these modules.
import "asset:inplace.js"; // before the others: it decides how a form is sent
import "asset:preview.js";
import "asset:scale.js";
import "asset:idle.js";
import "asset:small.js";
import "asset:ahead.js";
import "asset:plot.js";
import "asset:fresh.js";
import "asset:passkey.js";
import "asset:keeping.js";
import "asset:narrow.js";
import "asset:devices.js";
