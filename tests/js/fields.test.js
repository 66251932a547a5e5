// Fields compared by meaning on the pages, as tests/contract/test_fields.py asks of the service.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { fieldKey, serviceOfField, withholds } from "../../kiosk/web/static/board/fields.js";

const SPELLINGS = ["Nuôi con nuôi", "Nuôi con nuôi".normalize("NFD"), "NUÔI CON NUÔI", "  nuôi  con\u00a0nuôi ", "Lĩnh vực Nuôi con nuôi", "LĨNH VỰC: NUÔI CON NUÔI",
  "Nuoi con nuoi", "Nuôi\u200bcon\u200bnuôi", "Nuôi con nuôi.", "“Nuôi-con-nuôi”", "Ｎuôi con nuôi"];
const OFFICE = [
  { code: "HT", fields: ["Hộ tịch", "Nuôi con nuôi"], sensitive: false, sensitive_fields: ["Nuôi con nuôi"] },
  { code: "DD", fields: ["Đất đai"], sensitive: false, sensitive_fields: [] },
  { code: "VX", fields: ["Giảm nghèo"], sensitive: true, sensitive_fields: [] },
];

describe("a field of a dossier", () => {
  for (const spelling of SPELLINGS) {
    it(`is withheld as "${spelling}"`, () => {
      assert.equal(fieldKey(spelling), "nuoiconnuoi");
      assert.equal(withholds(OFFICE, spelling), true);
    });
  }

  it("is shown when it is plain in any spelling", () => {
    for (const field of ["Hộ tịch", "HỘ TỊCH", "Lĩnh vực hộ tịch", "đất đai"]) assert.equal(withholds(OFFICE, field), false);
  });

  it("is withheld when in doubt", () => {
    for (const field of ["Lĩnh vực khác", "", "Giảm  nghèo", "Nuôi con nuôi trong nước"]) assert.equal(withholds(OFFICE, field), true);
  });

  it("is never withheld by an office that names nothing sensitive", () => {
    assert.equal(withholds([{ fields: ["Hộ tịch"], sensitive: false, sensitive_fields: [] }], "Lĩnh vực khác"), false);
    assert.equal(withholds([{ fields: ["Hộ tịch"], sensitive: false, sensitive_fields: [] }, { fields: [], sensitive: true, sensitive_fields: [] }], "khác"), true);
  });

  it("has the sign of its service in any spelling", () => {
    assert.equal(serviceOfField(OFFICE, "ĐẤT ĐAI")?.code, "DD");
    assert.equal(serviceOfField(OFFICE, "khác"), undefined);
  });
});
