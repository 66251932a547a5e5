// One line serves every page of a browser: what a page is told, whoever joins, leaves or counts no more.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Feed } from "../../kiosk/web/static/lib/stream_feed.js";

function office() {
  const lines = [];
  const feed = new Feed((listener, after, epoch) => {
    const line = { listener, after, epoch, isEnded: false, isStarted: false, rest() {}, start() { this.isStarted = true; }, end() { this.isEnded = true; } };
    lines.push(line);
    return line;
  });
  return { feed, lines };
}

function join(feed, known = {}) {
  const page = { heard: [], post(message) { this.heard.push(message); }, token: "t", after: null, epoch: "e", retryMs: 1, jitterMs: 1, ...known };
  feed.join(page);
  return page;
}

const say = (line, seq) => {
  line.after = seq;
  line.listener.onEvent({ seq, type: "ticket.called" }, seq);
};
const told = (page) => page.heard.filter((message) => message.kind === "event").map((message) => message.event.seq);
const kinds = (page) => page.heard.map((message) => message.kind);

test("many pages have one line", () => {
  const { feed, lines } = office();
  const pages = [join(feed), join(feed), join(feed)];
  assert.equal(lines.length, 1);
  assert.ok(lines[0].isStarted);
  lines[0].listener.onOpen();
  lines[0].listener.onHeard();
  say(lines[0], 7);
  for (const page of pages) assert.deepEqual(kinds(page), ["welcome", "open", "heard", "event"]);
});

test("a page that joins is told what it does not know yet, and nothing twice", () => {
  const { feed, lines } = office();
  const first = join(feed, { after: 4 });
  lines[0].listener.onOpen();
  for (const seq of [5, 6, 7]) say(lines[0], seq);
  const second = join(feed, { after: 5 });
  assert.equal(lines.length, 1);
  assert.deepEqual(told(second), [6, 7]);
  assert.ok(kinds(second).includes("open"));
  say(lines[0], 8);
  assert.deepEqual([told(first), told(second)], [[5, 6, 7, 8], [6, 7, 8]]);
});

test("a page that knows less than is kept has the line opened anew, and the others hear nothing twice", () => {
  const { feed, lines } = office();
  const first = join(feed, { after: 4 });
  say(lines[0], 5);
  const second = join(feed, { after: 2 });
  assert.ok(lines[0].isEnded);
  assert.equal(lines[1].after, 2);
  for (const seq of [3, 4, 5, 6]) say(lines[1], seq);
  assert.deepEqual([told(first), told(second)], [[5, 6], [3, 4, 5, 6]]);
});

test("a page that names no event begins with the next one", () => {
  const { feed, lines } = office();
  join(feed, { after: 4 });
  say(lines[0], 5);
  const second = join(feed);
  say(lines[0], 6);
  assert.deepEqual(told(second), [6]);
});

test("a page that knows an event joins one that named none", () => {
  const { feed, lines } = office();
  const first = join(feed);
  const second = join(feed, { after: 9 });
  assert.equal(lines.at(-1).after, 9, "nobody knew where the line began");
  say(lines.at(-1), 10);
  assert.deepEqual([told(first), told(second)], [[10], [10]]);
});

test("more events than are kept are fetched again", () => {
  const { feed, lines } = office();
  join(feed, { after: 0 });
  for (let seq = 1; seq <= 600; seq += 1) say(lines[0], seq);
  assert.deepEqual(told(join(feed, { after: 300 })).length, 300);
  join(feed, { after: 50 });
  assert.equal(lines.length, 2);
  assert.equal(lines[1].after, 50);
});

test("the line ends with the last page", () => {
  const { feed, lines } = office();
  const first = join(feed);
  const second = join(feed);
  feed.leave(first);
  assert.ok(!lines[0].isEnded);
  feed.leave(second);
  assert.ok(lines[0].isEnded);
  join(feed);
  assert.equal(lines.length, 2);
});

test("a token that counts no more ends the pages that use it, and the others go on with theirs", async () => {
  const { feed, lines } = office();
  const revoked = join(feed, { token: "old" });
  const good = join(feed, { token: "good" });
  assert.equal(lines[0].listener.token(), "old");
  assert.equal(await lines[0].listener.onRefused(401, "old"), true);
  assert.deepEqual(revoked.heard.at(-1), { kind: "lost", token: "old" });
  assert.ok(!kinds(good).includes("lost"));
  assert.equal(lines[0].listener.token(), "good");
  assert.equal(await lines[0].listener.onRefused(401, "good"), false);
  assert.ok(lines[0].isEnded);
});

test("another epoch sends every page to take a new look", async () => {
  const { feed, lines } = office();
  const pages = [join(feed, { after: 3 }), join(feed, { after: 3 })];
  assert.equal(await lines[0].listener.onRefused(409, "t"), false);
  for (const page of pages) assert.equal(kinds(page).at(-1), "reset");
  const anew = join(feed, { after: 1, epoch: "f" });
  assert.equal(lines.at(-1).epoch, "f");
  assert.ok(!kinds(anew).includes("reset"));
});

test("a page of a newer epoch sends the older ones to take a new look", () => {
  const { feed, lines } = office();
  const older = join(feed, { after: 40, epoch: "e" });
  const newer = join(feed, { after: 1, epoch: "f" });
  assert.equal(kinds(older).at(-1), "reset");
  say(lines.at(-1), 2);
  assert.deepEqual([told(older), told(newer)], [[], [2]]);
});

test("a service that is busy is asked again", async () => {
  const { feed, lines } = office();
  const page = join(feed);
  assert.equal(await lines[0].listener.onRefused(503, "t"), true);
  lines[0].listener.onClosed();
  assert.deepEqual(kinds(page), ["welcome", "closed"]);
});
