// What the page was given: names of the office, and sentences of its catalogue.

const given = JSON.parse(document.getElementById("shown").textContent);

export const shown = given.shown;
export const page = given.page;

/** A word with its first letter as a capital. */
export const capital = (text) => text.charAt(0).toLocaleUpperCase("vi") + text.slice(1);

const folk = shown.office.folk;
const always = { folk, Folk: capital(folk) };
let language = shown.office.languages[0] || "vi";

export const currentLanguage = () => language;

/** Speak another language of the office; a missing text stays Vietnamese. */
export function speak(code) {
  language = code;
}

/** The sentence in the citizen's language; {name} is filled from `values`, {folk} is the form of address. */
export function t(sentence, values = {}) {
  const found = language === "en" ? sentence : given.sentences[sentence] || sentence;
  const all = { ...always, ...values };
  return found.replace(/\{(\w+)\}/g, (whole, name) => (name in all ? String(all[name]) : whole));
}

export const serviceOf = (code) => shown.services.find((service) => service.code === code) || null;
export const counterOf = (code) => shown.counters.find((counter) => counter.code === code) || null;
export const countersFor = (code) => shown.counters.filter((counter) => counter.services.includes(code));

/** What stands behind the letter of a number: A012 is 012. */
export const figures = (number) => number.replace(/^\D+/, "");
export const letterOf = (number) => (number.match(/^\D+/) || [""])[0];
export const minutes = (seconds) => Math.max(1, Math.round(seconds / 60));
