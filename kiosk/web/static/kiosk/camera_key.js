// The key that leads to the camera, on the screens that ask for a code.

import { h } from "../lib/dom.js";
import { picto } from "../lib/signs.js";
import { t } from "../lib/words.js";
import { canLook } from "./looking.js";

/**
 * None where this machine has no camera; codes are read everywhere, by the browser or by the service.
 * @param {import("./app.js").Kiosk} app
 */
export const cameraKey = (app) => canLook() && h("button.look", { onclick: () => app.show("camera") }, picto("camera"), h("b", { "data-fit": "tight" }, t("Use the camera")));
