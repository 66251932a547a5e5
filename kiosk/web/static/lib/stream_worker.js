// Shared by all pages of a browser: one line for staff's pages and one for citizens', so that open streams never use up
// the six connections that a browser allows to one address.

import { Feed } from "./stream_feed.js";

/** @type {Map<string, Feed>} */
const feeds = new Map();

/** @param {string} audience */
function feedOf(audience) {
  const known = feeds.get(audience) || new Feed();
  feeds.set(audience, known);
  return known;
}

/** @param {MessagePort} port */
function serve(port) {
  /** @type {() => void} */
  let leave = () => {};
  /** @param {MessageEvent<Api.StreamRequest>} message */
  port.onmessage = ({ data }) => {
    leave();
    leave = () => {};
    if (data.kind === "leave") return;
    const feed = feedOf(data.audience);
    const page = { ...data, post: (/** @type {Api.StreamMessage} */ answer) => port.postMessage(answer) };
    leave = () => feed.leave(page);
    feed.join(page);
  };
}

addEventListener("connect", (event) => serve(/** @type {MessageEvent} */ (event).ports[0]));
