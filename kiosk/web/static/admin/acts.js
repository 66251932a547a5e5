// What people who administer did, in words: by the name that the call has in the published description.

import { t } from "../lib/words.js";

/** @type {Record<string, string>} */
const ACTS = {
  clock_confirm_clock: "said what the time is", devices_approve: "approved a pairing", devices_remove: "put a device away", devices_rename: "renamed a device",
  dossier_tables_table: "took a table of dossiers", dossier_words_put_words: "taught words of tables", dossiers_put: "changed dossiers", equipment_dismiss_lost: "saw to lost numbers",
  followers_resend: "had events sent again", followers_drop_follower: "took a line off the list", paper_rolls_new_roll: "put in a new roll", procedures_table: "took a table of procedures",
  persons_post_person: "added a person", persons_put_person: "changed a person's role", persons_delete_person: "removed a person", persons_put_password: "gave a person another password",
  persons_delete_second_factor: "took a person's telephone away", persons_put_own_second_factor: "added their own telephone", printers_print_trial: "printed a trial slip", printers_slip_seen: "said whether a slip came out",
  corrections_post_correction: "called a line of the journal wrong", corrections_post_approval: "agreed that a line is wrong", corrections_delete_correction: "took a correction off the list",
  upkeep_post_backup: "made a backup",
  report_orders_post_order: "made a report", report_orders_delete_order: "deleted a report", report_orders_put_remarks: "wrote the office's remarks", report_points_put_points: "wrote points of the nine criteria",
  devices_admin_sign_out: "signed out", devices_admin_password: "changed their own password", staff_post_clerk: "added a clerk", staff_put_clerk: "changed a clerk",
  tickets_enter_paper: "entered a number by hand", tickets_reprint: "printed a slip again", voices_put_quiet: "switched voices", voices_put_speaker: "named the speaker of a voice",
  voices_put_phrase: "recorded a phrase", voices_put_phrase_by_ear: "put a refused take on air after hearing it", voices_delete_phrase: "deleted a recorded phrase", voices_post_build: "had a voice made", voices_post_pack: "brought a voice pack",
};
//t: said what the time is | approved a pairing | put a device away | renamed a device
//t: took a table of dossiers | taught words of tables | changed dossiers | saw to lost numbers
//t: had events sent again | took a line off the list | put in a new roll | took a table of procedures
//t: added a person | changed a person's role | removed a person | gave a person another password
//t: took a person's telephone away | added their own telephone | printed a trial slip | said whether a slip came out
//t: called a line of the journal wrong | agreed that a line is wrong | took a correction off the list | made a backup
//t: made a report | deleted a report | wrote the office's remarks | wrote points of the nine criteria | signed out | changed their own password | added a clerk | changed a clerk
//t: entered a number by hand | printed a slip again | switched voices | named the speaker of a voice | recorded a phrase | put a refused take on air after hearing it | deleted a recorded phrase
//t: had a voice made | brought a voice pack

/**
 * In words; a command stands as it was typed.
 * @param {string} act
 */
export const actWords = (act) => (ACTS[act] ? t(ACTS[act]) : act);
