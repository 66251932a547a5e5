// The stream's text, cut wherever the network cuts it.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { frameReader, readFrame } from "../../kiosk/web/static/lib/frames.js";

const TEXT = 'id: 7\nevent: ticket.called\ndata: {"seq":7,"type":"ticket.called"}\n\n: beat\n\nid: 8\ndata: {"seq":8}\n\n';

describe("frames", () => {
  it("come whole, however the text is cut", () => {
    for (let size = 1; size <= TEXT.length; size += 1) {
      const read = frameReader();
      const frames = [];
      for (let at = 0; at < TEXT.length; at += size) frames.push(...read(TEXT.slice(at, at + size)));
      assert.deepEqual(frames.map((frame) => readFrame(frame).seq), [7, null, 8], `pieces of ${size}`);
    }
  });

  it("an unfinished frame is kept for the next piece", () => {
    const read = frameReader();
    assert.deepEqual(read("id: 9\n"), []);
    assert.deepEqual(read("data: 1\n\nid: 10"), ["id: 9\ndata: 1"]);
    assert.deepEqual(read("\n\n"), ["id: 10"]);
  });

  it("two readers do not know of each other", () => {
    const [one, other] = [frameReader(), frameReader()];
    one("id: 1");
    assert.deepEqual(other("\n\n"), [""]);
  });
});

describe("a frame", () => {
  it("holds the position and the event", () => {
    assert.deepEqual(readFrame('id: 7\nevent: x\ndata: {"seq":7,"data":{"note":"a: b"}}'), { seq: 7, event: { seq: 7, data: { note: "a: b" } } });
  });

  it("that is a beat holds nothing", () => assert.deepEqual(readFrame(": beat"), { seq: null, event: null }));

  it("may hold a position alone", () => assert.deepEqual(readFrame("id: 12"), { seq: 12, event: null }));

  it("that is broken is refused: the line is opened anew", () => assert.throws(() => readFrame("data: {"), SyntaxError));
});
