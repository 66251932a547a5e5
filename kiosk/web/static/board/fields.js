// Fields of dossiers compared by meaning, as contract/fields.py does it.

const PREFIX = "linhvuc";

/**
 * The same for every spelling of a field: case, marks, composition, spaces, signs and "Lĩnh vực" do not matter.
 * @param {string} name
 */
export function fieldKey(name) {
  const letters = name.toLowerCase().replace(/đ/g, "d").normalize("NFKD").replace(/[^\p{L}\p{N}]/gu, "");
  return (letters.startsWith(PREFIX) && letters.slice(PREFIX.length)) || letters;
}

/**
 * Whether only sign and steps of a dossier may be shown: its field is sensitive, or not known to be plain.
 * @param {Pick<Api.Service, "fields" | "sensitive" | "sensitive_fields">[]} services
 * @param {string} field
 */
export function withholds(services, field) {
  const key = fieldKey(field);
  /** @param {string[]} names */
  const keys = (names) => names.map(fieldKey);
  const sensitive = services.flatMap((one) => keys(one.sensitive ? one.fields : one.sensitive_fields || []));
  if (!sensitive.length && !services.some((one) => one.sensitive)) return false;
  return sensitive.includes(key) || !services.some((one) => keys(one.fields).includes(key));
}

/**
 * The service that a field belongs to, however it is spelled.
 * @template {Pick<Api.Service, "fields">} Service
 * @param {Service[]} services
 * @param {string} field
 */
export const serviceOfField = (services, field) => services.find((one) => one.fields.some((name) => fieldKey(name) === fieldKey(field)));
