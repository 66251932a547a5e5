// Rows that outlive a drop of the line, a reload and a power cut: in IndexedDB, else in the page's store, else, where the
// browser allows neither, in memory for as long as the page is open.

const TABLE = "rows";

/**
 * @template {{ key: string }} Row
 * @typedef {object} Box
 * @property {() => Promise<Row[]>} all in no order
 * @property {(row: Row) => Promise<void>} put in the place of the row of its key
 * @property {(key: string) => Promise<void>} remove
 */

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
const answered = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

/**
 * @param {string} name
 * @returns {Promise<IDBDatabase>}
 */
function openDatabase(name) {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(TABLE, { keyPath: "key" });
  return answered(request);
}

/**
 * @param {string} name
 * @returns {Promise<Box<any>>}
 */
async function databaseBox(name) {
  const database = await openDatabase(name);
  /**
   * Resolves once the rows are on the disk.
   * @param {(rows: IDBObjectStore) => IDBRequest} change
   * @returns {Promise<void>}
   */
  const write = (change) => new Promise((resolve, reject) => {
    const transaction = database.transaction(TABLE, "readwrite", { durability: "strict" });
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
    change(transaction.objectStore(TABLE));
  });
  return {
    all: () => answered(database.transaction(TABLE).objectStore(TABLE).getAll()),
    put: (row) => write((rows) => rows.put(row)),
    remove: (key) => write((rows) => rows.delete(key)),
  };
}

/**
 * Rows in one text of a store that knows texts only.
 * @param {{ getItem: (key: string) => string | null, setItem: (key: string, text: string) => void }} store
 * @param {string} name
 * @returns {Box<any>}
 */
function textBox(store, name) {
  const read = () => {
    const rows = JSON.parse(store.getItem(name) || "[]");
    return Array.isArray(rows) ? rows : []; // somebody spoiled it
  };
  /** @param {any[]} rows */
  const write = (rows) => store.setItem(name, JSON.stringify(rows));
  return {
    all: async () => read(),
    put: async (row) => write([...read().filter((/** @type {any} */ one) => one.key !== row.key), row]),
    remove: async (key) => write(read().filter((/** @type {any} */ one) => one.key !== key)),
  };
}

/** @param {string} name */
function memoryBox(name) {
  let text = /** @type {string | null} */ (null);
  return textBox({ getItem: () => text, setItem: (_, given) => { text = given; } }, name);
}

/** @param {string} name */
function storeBox(name) {
  localStorage.setItem(`${name}.check`, "1");
  localStorage.removeItem(`${name}.check`);
  return textBox(localStorage, name);
}

/**
 * The best box that this browser allows.
 * @param {string} name
 * @returns {Promise<Box<any>>}
 */
export async function openBox(name) {
  try {
    return await databaseBox(name);
  } catch {
    try {
      return storeBox(name);
    } catch {
      return memoryBox(name);
    }
  }
}
