// The live stream of the service over fetch (EventSource cannot carry a token): resumes behind the last event.

import { lost, pause, token } from "./api.js";

const RETRY_MS = 2000;
const JITTER_MS = 1000;
const SILENCE_MS = 5000;

/**
 * Follow the stream from `after` of `epoch` for ever.
 *   onEvent(event)  each event of the journal, in order
 *   onFresh(bool)   false after 5 s of silence or a closed line, true when it speaks again
 *   onReset()       another life of the database began: take a new snapshot
 *   onOpen()        a line was opened anew
 *   retryMs, jitterMs  how long a closed line rests before it is tried again, at least and by chance
 * Answers {stop(), after}.
 */
export function follow({ after = null, epoch = null, onEvent = () => {}, onFresh = () => {}, onReset = null, onOpen = () => {}, retryMs = RETRY_MS, jitterMs = JITTER_MS }) {
  const line = { after, fresh: null, heard: Date.now(), stopped: false, abort: null };
  const freshen = (value) => {
    if (line.fresh === value) return;
    line.fresh = value;
    onFresh(value);
  };
  const watch = setInterval(() => {
    if (Date.now() - line.heard > SILENCE_MS) {
      freshen(false);
      line.abort?.abort();
    }
  }, 500);
  const hear = (chunk) => {
    line.heard = Date.now();
    freshen(true);
    return chunk;
  };
  run(line, { epoch, onEvent, onReset, onOpen, hear, freshen, retryMs, jitterMs });
  return {
    get after() { return line.after; },
    stop() {
      line.stopped = true;
      clearInterval(watch);
      line.abort?.abort();
    },
  };
}

async function run(line, how) {
  while (!line.stopped) {
    try {
      if (!(await open(line, how))) return;
    } catch (error) {
      if (!(error instanceof DOMException || error instanceof TypeError || error instanceof SyntaxError)) throw error;
    }
    if (line.stopped) return;
    how.freshen(false);
    await pause(how.retryMs + Math.random() * how.jitterMs);
    line.heard = Date.now();
  }
}

/** One line from its opening to its end; false when it must not be opened again. */
async function open(line, { epoch, onEvent, onReset, onOpen, hear }) {
  const used = token();
  line.abort = new AbortController();
  const response = await fetch(address(line.after, epoch), {
    headers: { Authorization: `Bearer ${used}`, Accept: "text/event-stream" }, signal: line.abort.signal, cache: "no-store",
  });
  if (response.status === 401) await lost(used);
  if (response.status === 409 && onReset) {
    line.stopped = true;
    onReset();
    return false;
  }
  if (!response.ok) return true;
  onOpen();
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done || line.stopped) return !line.stopped;
    hear();
    const frames = (rest + value).split("\n\n");
    rest = frames.pop();
    for (const frame of frames) take(frame, line, onEvent);
  }
}

function address(after, epoch) {
  const query = new URLSearchParams();
  if (after !== null) query.set("after", String(after));
  if (epoch) query.set("epoch", epoch);
  const text = query.toString();
  return `/api/v1/stream${text ? `?${text}` : ""}`;
}

function take(frame, line, onEvent) {
  const fields = {};
  for (const row of frame.split("\n")) {
    const at = row.indexOf(": ");
    if (at > 0) fields[row.slice(0, at)] = row.slice(at + 2);
  }
  if (fields.id) line.after = Number(fields.id);
  if (fields.data) onEvent(JSON.parse(fields.data));
}
