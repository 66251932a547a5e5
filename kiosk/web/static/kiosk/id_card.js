// The QR of an ID card: seven fields parted by "|", of which only the year of birth is read. Nothing of a card is sent,
// stored or kept: who holds the text after this is nobody. No document.

const [FIELDS, NUMBER, BIRTH] = [7, 0, 3];

/**
 * Whether a text has the form of a card, of whatever kind: this much the service judges by in pictures, too.
 * @param {string} text
 */
export const hasCardForm = (text) => text.split("|").length >= FIELDS;

/** @param {string} text */
export const isIdCard = (text) => {
  const fields = text.split("|");
  return hasCardForm(text) && /^\d{12}$/.test(fields[NUMBER].trim());
};

/**
 * The age that the holder reaches in `year`; null when the card does not say when he was born.
 * @param {string} text
 * @param {number} year
 */
export function ageOnCard(text, year) {
  const born = Number((text.split("|")[BIRTH] || "").trim().match(/^\d{4}((?:19|20)\d\d)$/)?.[1]);
  return born && born <= year ? year - born : null;
}
