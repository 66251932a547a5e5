// The sample office as a page is given it: small, and written by hand.

export const SERVICES = [
  { code: "HT", letter: "A", name: "Tư pháp – Hộ tịch", names: { en: "Civil status" }, hint: "Khai sinh, kết hôn", shape: "circle", colour: "#0B4F8A", tint: "#E3EEF7", ink: "#FFFFFF", pictogram: "family", fields: ["Hộ tịch", "Chứng thực"], sensitive: false, sensitive_fields: ["Hộ tịch"], daily_cap: null },
  { code: "DD", letter: "C", name: "Đất đai", names: {}, hint: "Sổ đỏ", shape: "square", colour: "#7A3E12", tint: "#F5E9DF", ink: "#FFFFFF", pictogram: "land", fields: ["Đất đai"], sensitive: false, sensitive_fields: [], daily_cap: 3 },
  { code: "KQ", letter: "R", name: "Trả kết quả", names: {}, hint: "", shape: "star", colour: "#F4B81B", tint: "#FDF0C8", ink: "#1D1A16", pictogram: "result", fields: [], sensitive: false, sensitive_fields: [], daily_cap: null },
];

export const COUNTERS = [
  { code: "1", name: "Quầy 1", services: ["HT"], officer: "Đinh Thị Lan", direction: "left", tablet: true },
  { code: "2", name: "Quầy 2", services: ["HT", "KQ"], officer: "", direction: "up", tablet: true },
  { code: "3", name: "Quầy 3", services: ["DD"], officer: "", direction: "right", tablet: true },
];

export const SENTENCES = {
  "Take a number": "Lấy số", "Welcome!": "Kính chào {folk}!", "{Folk}, please wait": "{Folk} xin chờ", "No waiting": "Không phải chờ", "or": "hoặc", zero: "không", one: "một", two: "hai",
  "*{count}* people": "*{count}* người", "*{count}* min": "*{count}* phút", "No more numbers today": "Hết số hôm nay", "Nobody is waiting": "Không ai chờ",
  "The machine is out of paper": "Máy hết giấy", "The machine cannot print now": "Máy chưa in được", "Please wait a moment and touch again.": "Xin chờ một lát rồi chạm lại.",
};

/** What the page call answers; `languages` of the office, its own first. */
export function given({ languages = ["vi", "en", "hre"], publicUrl = "", translations = { en: {} } } = {}) {
  return {
    page: "kiosk", language: languages[0],
    shown: {
      office: { code: "ba-vi", name: "Bộ phận Một cửa xã Ba Vì", authority: "Ủy ban nhân dân xã Ba Vì", timezone: "Asia/Ho_Chi_Minh", opening: "hours", folk: "bà con", languages, holidays: ["2024-04-30"], sample_until: null,
        hours: [{ days: ["mon", "tue", "wed", "thu", "fri"], from: "07:30", to: "11:30" }, { days: ["mon", "tue", "wed", "thu", "fri"], from: "13:30", to: "17:00" }, { days: ["sat"], from: "08:00", to: "11:00" }] },
      services: SERVICES, counters: COUNTERS, priorities: [{ code: "elderly", name: "Người cao tuổi", pictogram: "elderly" }], officers: [], procedures: [], public_url: publicUrl, kiosk: { start: "home", second_number: "give", id_card_age: null, keypad: ["ArrowUp", "ArrowDown", "Enter", "F9", "F1"] },
      survey: { code: "attitude", question: "?", heading: "?", levels: [{ code: "very_satisfied", name: "Rất hài lòng", asks_reason: false }, { code: "not_satisfied", name: "Chưa hài lòng", asks_reason: true }], reasons: [{ code: "long_wait", name: "Chờ lâu", pictogram: "clock" }] },
      board: { far: false, overdue_first: true, procedures_page: false, picture: [] },
    },
    sentences: SENTENCES, translations,
  };
}

/** A ticket as the service tells of it, with changes. */
export const ticket = (changes = {}) => ({
  id: "t1", number: "A012", service: "HT", state: "WAITING", priority: null, position: 3, estimated_wait_s: 600, issued_at: "2024-04-15T01:05:00.000Z", called_at: null, serving_at: null, counter: null,
  calls: 0, print: { state: "PRINTED", reason: null }, language: "vi", dossiers: [], reason: null, ...changes,
});
