// A small helper to build elements.

/**
 * h("button.tile", {onclick, disabled}, child, …): text and nodes become children; null and false are left out.
 * @template {string} K
 * @param {K} kind the tag and its classes
 * @param {Dom.Properties} [properties]
 * @param {...Dom.Child} children
 * @returns {Dom.Made<K>}
 */
export function h(kind, properties = {}, ...children) {
  const [name, ...classes] = kind.split(".");
  const element = /** @type {Dom.Made<K>} */ (document.createElement(name || "div"));
  if (classes.length) element.className = classes.join(" ");
  for (const [key, value] of Object.entries(properties || {})) set(element, key, value);
  add(element, children);
  return element;
}

/**
 * @param {HTMLElement} element
 * @param {string} key
 * @param {any} value
 */
function set(element, key, value) {
  if (value === null || value === undefined || value === false) return;
  if (key === "style" && typeof value === "object") {
    for (const [name, text] of Object.entries(value)) element.style.setProperty(name, text);
  } else if (key === "class") {
    element.classList.add(...String(value).split(" ").filter(Boolean));
  } else if (key.startsWith("on")) {
    element.addEventListener(key.slice(2), value);
  } else {
    element.setAttribute(key, value === true ? "" : value);
  }
}

/**
 * @template {Element} E
 * @param {E} element
 * @param {readonly Dom.Child[]} children
 */
export function add(element, children) {
  for (const child of /** @type {any[]} */ (children).flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
  return element;
}

/**
 * Put `children` in the place of everything inside `element`.
 * @template {Element} E
 * @param {E} element
 * @param {...Dom.Child} children
 */
export function fill(element, ...children) {
  element.replaceChildren();
  return add(element, children);
}

/**
 * The first element that a selector finds, or null.
 * @param {string} selector
 * @param {ParentNode} [root]
 * @returns {HTMLElement | null}
 */
export const $ = (selector, root = document) => root.querySelector(selector);

/**
 * The element of the page with an id, which its HTML has.
 * @param {string} id
 */
export const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/**
 * Elements for a sentence in which *two stars* mark what is bold.
 * @param {string} sentence
 */
export function bold(sentence) {
  return sentence.split("*").map((part, index) => (index % 2 ? h("b", {}, part) : part));
}
