declare const OFFER: { version: string; code: string; pages: Record<string, string>; files: string[] };
// Shapes of the service's answers, as the OpenAPI description has them, and of what the pages' modules share.
// Times are RFC 3339 texts in UTC unless a name ends in _ms or _s.

declare namespace Api {
  type TicketState = import("./contract.js").TicketState;
  type PrintState = import("./contract.js").PrintState;
  type CounterState = import("./contract.js").CounterState;
  type EventType = import("./contract.js").EventType;
  type Step = import("./contract.js").Step;

  // The configuration that pages show: kiosk/queries/public_configuration.py

  interface Session { days: string[]; from: string; to: string }

  interface Office {
    code: string; name: string; authority: string; timezone: string; opening: "hours" | "always"; hours: Session[];
    holidays: string[]; folk: string; languages: string[]; sample_until: string | null;
  }

  interface Service {
    code: string; letter: string; name: string; names: Record<string, string>; hint: string; shape: Shape; colour: string; tint: string; ink: string;
    pictogram: string; fields: string[]; sensitive: boolean; sensitive_fields: string[]; daily_cap: number | null;
  }

  type Shape = "circle" | "square" | "triangle" | "diamond" | "star";

  interface CounterPlace { code: string; name: string; services: string[]; officer: string; direction: "left" | "up" | "right"; tablet: boolean }
  interface Choice { code: string; name: string; pictogram: string }
  /** Something with a name in the office's language, and in others. */
  interface Named { name: string; names: Record<string, string> }
  interface Reason extends Named { code: string; pictogram: string }
  interface Level extends Named { code: string; asks_reason: boolean }
  interface Further extends Named { code: string; choices: Reason[] }
  interface Survey {
    code: string; question: string; heading: string; headings: Record<string, string>; remark: boolean; voice_remark: boolean; levels: Level[]; reasons: Reason[];
    further: Further[];
  }
  interface Officer { name: string; position: string; field: string; photo: string | null }

  interface KioskOptions { start: "home" | "services"; second_number: "give" | "ask"; id_card_age: number | null; keypad: string[] }

  interface Procedure {
    code: string; name: string; field: string; service: string; time: string; fee: string; certainty: string; papers: string[];
    words: string[]; valid_from: string | null; valid_until: string | null; replaced_by: string | null;
  }

  interface Picture { file: string; seconds: number; from: string | null; until: string | null }
  interface BoardOptions { far: boolean; overdue_first: boolean; procedures_page: boolean; picture: Picture[] }

  interface FilingPortal { code: string; name: string; hint: string; url: string; also: string[]; pictogram: string }
  interface FilingStep { text: string; pictogram: string }
  interface FilingGuide { code: string; name: string; portal: string; pictogram: string; steps: FilingStep[] }
  interface Filing { portals: FilingPortal[]; guides: FilingGuide[] }

  /** A page is given the sections that it reads; the others are absent. */
  interface Shown {
    office: Office; services: Service[]; counters: CounterPlace[]; priorities: Choice[]; survey: Survey; officers: Officer[];
    notices: Notice[]; procedures: Procedure[]; public_url: string; board: BoardOptions; kiosk: KioskOptions; filing: Filing;
  }

  interface Page { page: string; version?: string; language: string; shown: Shown; sentences: Record<string, string>; translations: Record<string, Record<string, string>>; /** Of the office, by language, then by the Vietnamese text. */ texts?: Record<string, Record<string, string>> }

  // Tickets, counters, queues

  interface Print { state: PrintState; reason: string | null }

  interface Ticket {
    id: string; number: string; service: string; state: TicketState; priority: string | null; position: number | null;
    estimated_wait_s: number | null; issued_at: string; called_at: string | null; serving_at: string | null; counter: string | null;
    calls: number; print: Print; language: string; dossiers: string[]; reason: string | null;
  }

  /** The answer to POST /tickets: addresses for a phone. */
  interface IssuedTicket extends Ticket { follow_url: string | null; public_token: string }

  interface AbsentTicket extends Ticket { grace_left_s: number }

  interface PublicTicket {
    number: string; service: string; state: TicketState; counter: string | null; people_ahead: number | null;
    estimated_wait_s: number | null; wait_span_s: [number, number] | null; language: string; rated: boolean;
  }

  interface CounterDay { served: number; no_show: number; mean_wait_ms: number | null; mean_service_ms: number | null }

  interface Counter {
    code: string; name: string; state: CounterState; services: string[]; clerk: string | null; officer: string;
    ticket: Ticket | null; to_rate: Ticket | null; last_served: string | null; waiting: number; undo_ticket: string | null;
    undo_until: string | null; today?: CounterDay; ratings?: Record<string, number>;
  }

  interface QueueItem { ticket: Ticket; why: string }
  interface HelpCall { id: string; where: string; asked_at: string }

  interface Queue {
    waiting: QueueItem[]; held: Ticket[]; absent: AbsentTicket[]; waiting_by_service: Record<string, number>; help: HelpCall[];
  }

  // The board

  interface BoardTicket { id: string; number: string; service: string; state: TicketState }
  interface BoardCounter { code: string; services: string[]; state: CounterState; ticket: BoardTicket | null }
  interface BoardQueue { service: string; waiting: number; estimated_wait_s: number | null; full: boolean }
  interface BoardCall { number: string; service: string; counter: string; time: string; recall: boolean }

  interface BoardDossier {
    code_masked: string; field: string; step: Step; due_at: string | null; sensitive: boolean; name_masked?: string | null;
  }

  interface Notice { id: string; text: string; language: string }

  interface Board {
    seq: number; epoch: string; business_date: string; time: string; open: boolean; next_opening: string | null;
    /** Why no number can be given now. */ storage_fault?: string | null; lost_numbers?: NumberRange[];
    counters: BoardCounter[]; queues: BoardQueue[]; recent_calls: BoardCall[]; progress: BoardDossier[]; notices: Notice[];
  }

  /** An event of the journal as the stream sends it; what `data` holds depends on the type (contract/events.py). */
  interface Event {
    seq: number; epoch: string; type: EventType; time: string; business_date: string; subject: string;
    actor: { kind: string; id: string | null; person?: string | null }; data: any;
  }

  /** What a page asks of the worker that holds the browser's stream. `audience`: staff's or citizens' stream. */
  type StreamRequest =
    | { kind: "leave" }
    | {
      kind: "follow"; audience: string; token: string | null; after: number | null; epoch: string | null;
      retryMs: number; jitterMs: number;
    };

  /** What the worker says; "lost": the token counts no more; "reset": another epoch began. */
  type StreamMessage =
    | { kind: "welcome" | "open" | "heard" | "closed" | "reset" }
    | { kind: "event"; event: Event }
    | { kind: "lost"; token: string | null };

  // Dossiers, printers, devices, followers

  interface Dossier {
    code_masked: string; field: string; status: number; step: Step; received_at: string; due_at: string | null;
    finished_at: string | null; late: boolean; service: string | null;
  }

  /** The slip that a presenter held out last; `since` in ms. */
  interface HeldSlip { number: string | null; state: "in_mouth" | "taken" | "thrown_out"; since: number }

  interface Printer {
    state: "ok" | "fault" | "unknown"; reason: string | null; near_end: boolean; mute: boolean; since: string | null;
    checked_at: string | null; mouth: boolean; behind: boolean; held_out: HeldSlip | null; fallback: string | null;
    slips_left: number | null;
  }

  interface PrinterTrial { state: "WAITING" | "PRINTED" | "NOT_PRINTED" | "UNKNOWN"; reason: string | null; asked_at: string }
  interface PrinterDay { day: string; printed: number; not_printed: number; unknown: number; faults: number }
  interface PrinterFault { reason: string; from: string; to: string | null }
  interface SpooledSlip { id: string; number: string; at: string; state: PrintState; marked: boolean }
  interface DoubtfulSlip { ticket: string; number: string; issued_at: string; reason: string | null }

  interface PrinterHistory {
    trial: PrinterTrial | null; days: PrinterDay[]; faults: PrinterFault[]; slips: SpooledSlip[]; doubtful: DoubtfulSlip[];
  }

  /** `may`: the calls that the role may make, as they are declared. */
  interface Me { name: string | null; role: string; second_factor: boolean; second_factor_needed: boolean; business_date: string; may: string[]; signed_in: { browser: string, since: string }[] }
  interface StaffMember { id: string; name: string; disabled: boolean; counter: string | null }
  interface Person { name: string; role: string; disabled: boolean; second_factor: boolean; signed_in: { browser: string; since: string }[] }

  interface Device {
    name: string; role: string; counter: string | null; state: string; seen_at: string | null; revoked: boolean; replaced: boolean;
    report: { reason?: string | null };
  }

  interface Place { name: string; state: "free" | "silent" | "in_use" }
  interface Pairing { code: string; role: string; name: string; counter: string | null; address: string | null; asked_at: string; places: Place[] }
  interface DeviceList { now: string; ca_fingerprint: string | null; devices: Device[]; pairings: Pairing[]; printers: Record<string, Printer> }

  interface FollowerLine { name: string; line: boolean; state: string; silent: boolean; behind: number; since: string; refused: number; updated_at: string }

  interface RefusedEvent { epoch: string; seq: number; code: string; reason: string; again: boolean }

  interface Follower {
    name: string; kind: string; state: string; configured: boolean; silent: boolean; behind: number; address: string | null;
    detail: string | null; updated_at: string; refused: RefusedEvent[];
  }

  /** `set_aside`: people who are not called until somebody has said which day it is. */
  interface Clock {
    time: string; machine_time: string; business_date: string; doubt: "none" | "jumped" | "started"; set_aside: number;
    given: boolean; machine_possible: boolean; ahead: boolean;
  }

  interface ClockWord { right: "machine" | "date" | "given"; local_time?: string }

  interface Equipment {
    clock: Clock; now: string; last_seq: number; followers: FollowerLine[]; devices: Device[];
    printers: Record<string, Printer>; storage: StorageFault[]; checks: { verified: CheckOutcome | null; backup: CheckOutcome | null; reports: CheckOutcome | null };
    lost_numbers?: LostNumbers[];
  }

  interface NumberRange { letter: string; first: string; last: string }

  /** Numbers that may be on paper and that the journal lacks since `epoch` began. */
  interface LostNumbers { epoch: string; reason: string; since: string; business_date: string; ranges: NumberRange[]; count: number }

  interface StorageFault { fault: string; detail: string }
  interface CheckOutcome { at: string; ok: boolean; late: boolean; detail: string; unusable: string[] }
  interface Backups { backups: { name: string; made_at: string; size: number; whole: boolean }[]; last: CheckOutcome | null; verified: CheckOutcome | null }
  interface Finding { mark: "well" | "look" | "broken"; part: string; text: string; todo: string }
  interface WaitingCorrection { id: string; seq: number; reason: string; asked_by: string; asked_at: string; own: boolean; event: Event | null }
  interface DoneCorrection { seq: number; reason: string; confirmed_by: string[]; at: string; event: Event | null }
  interface Corrections { waiting: WaitingCorrection[]; done: DoneCorrection[] }

  // Reports and tables

  interface Spread { median: number | null; p90: number | null }

  interface Figures {
    key: string; name: string; issued: number; served: number; no_show: number; cancelled: number; abandoned: number; open: number;
    waiting_ms: Spread; service_ms: Spread; no_show_rate_bp: number | null;
  }

  interface RatingFigures { key: string; name: string; count: number; levels: Record<string, number>; satisfied_rate_bp: number | null }

  interface DailyReport {
    total: Figures; by_hour: Figures[]; by_service: Figures[]; by_counter: Figures[];
    ratings: { total: RatingFigures; by_counter: RatingFigures[]; by_clerk: RatingFigures[] };
  }

  // The dashboard

  interface DashboardFigures {
    first: string; last: string; issued: number; served: number; open: number; no_show: number; no_show_rate_bp: number | null;
    waiting_median_ms: number | null; waiting_p90_ms: number | null; ratings: number; satisfied_rate_bp: number | null; resolved: number;
    kept: number; of_resolved_bp: number | null; received: number; in_time: number; of_received_bp: number | null;
  }
  interface Durations { count: number; median: number | null; p90: number | null; most: number | null; within_bp: number | null }
  interface GroupFigures {
    dimension: "total" | "service" | "counter" | "clerk"; key: string; name: string; issued: number; served: number; no_show: number;
    abandoned: number; cancelled: number; open: number; waiting: Durations; service: Durations;
  }
  interface AnswerFigures {
    question: string; title: string; criterion: number | null; points_tenths: number | null; choice: string; name: string; count: number;
    share_bp: number | null;
  }
  interface Dashboard {
    promise_minutes: number; service_promise_minutes: number | null; groups: GroupFigures[]; answers: AnswerFigures[];
    figures: DashboardFigures; compared: DashboardFigures | null;
    charts: Record<"waiting" | "load" | "queue" | "ratings" | "on_time", string>; narrow_charts: Dashboard["charts"]; nearest: string | null;
  }
  interface CountedTickets {
    count: number; offset: number;
    tickets: {
      number: string; day: string; service: string; outcome: string; issued_at: string; counter: string | null; clerk: string | null;
      waited_ms: number | null; served_ms: number | null; marks: string[];
    }[];
  }
  interface CountedRatings {
    count: number; offset: number;
    ratings: { day: string; level: string; service: string; counter: string | null; clerk: string | null }[];
  }
  interface CountedDossiers {
    count: number; offset: number;
    dossiers: { code: string; field: string; received: string; due: string | null; ended: string | null; standing_text: string }[];
  }

  // Reports that are ordered, made and fetched

  interface ReportPeriod { period: string; title: string; first: string; last: string }
  interface ReportChoices {
    today: string; reports: { name: string; title: string; formats: string[] }[];
    periods: { kind: string; title: string; choices: ReportPeriod[] }[];
  }
  interface ReportOrder {
    id: string; name: string; title: string; format: string; first: string; last: string;
    state: "WAITING" | "RUNNING" | "DONE" | "FAILED"; stage: string; before: number; size: number; reason: string; warning: string;
    file_name: string;
  }
  interface Comment { at: string; day: string; service: string; counter: string | null; level: string; text: string; spoken: string | null }
  interface OwnPoints { criterion: number; name: string; most: number; tenths: number | null; why: string; written_on: string | null }
  interface RemarksHeading { key: string; title: string; lines: string[] }

  interface TableProblem { sheet: string; row: number; column: string; header: string; message: string }
  interface TableChange {
    code: string; kind: "created" | "updated"; happens: string; told: string; goes_back: boolean; field_text: string; channel_text: string;
    status_text: string; received_text: string; due_text: string; finished_text: string;
  }
  type WordKind = "columns" | "statuses" | "channels";
  interface WordMeaning { kind: WordKind; key: string; title: string; known: string[]; taught: string[] }
  interface ProcedureChange { code: string; kind: "created" | "updated" | "ended"; happens: string; name: string; service: string; told: string }
  interface ProcedureTableAnswer { taken: boolean; counted: string[]; changes: ProcedureChange[]; problem_count: number; problems: TableProblem[] }
  interface TableAnswer { taken: boolean; counted: string[]; notes: string[]; changes: TableChange[]; problem_count: number; problems: TableProblem[] }

  // Voices

  interface Clip { sha256: string; origin: "recorded" | "synthetic"; speaker: string; by_ear: boolean }
  interface Phrase { key: string; text: string; needed: boolean; clip: Clip | null }
  interface VoiceLanguage { language: string; recorded: number; needed: number }

  interface Studio {
    language: string; speaker: string; licence: string; machine: boolean; recorded: number; ready: number; needed: number;
    phrases: Phrase[];
  }
}

/** What the board's page folds and shows. Times are ms since 1970. */
declare namespace Board {
  interface Row { code: string; services: string[]; state: Api.CounterState; ticket: Api.BoardTicket | null }
  interface Call { number: string; service: string; counter: string; time: number; recall: boolean; ticket: string }
  interface Progress { code: string; field: string; step: Api.Step; due: number | null; sensitive: boolean; name: string }
  /** Where a ticket was last seen; "" before it was issued. */
  interface Known { state: Api.TicketState | ""; service: string }

  interface State {
    epoch: string; seq: number; day: string; doubtful: boolean; open: boolean; nextOpening: string | null; services: Api.Service[];
    rows: Row[]; waiting: Record<string, number>; full: Set<string>; calls: Call[]; progress: Progress[]; notices: Api.Notice[];
    known: Map<string, Known>;
  }

  type ClosedKind = "closed" | "lunch" | "holiday" | "full";
  interface DossierPage { kind: "dossiers"; seconds: number; rows: Progress[]; place: [number, number]; atOnce: number }
  type Page = DossierPage | { kind: "board" | "procedures"; seconds: number } | { kind: "picture"; seconds: number; file: string };
  type View = Page | { kind: "call" | "lost" } | { kind: "board" } | { kind: "closed"; shut: ClosedKind };
}

declare namespace Touch {
  /** A screen of the kiosk or the tablet: its element, and what it says aloud. */
  interface Screen {
    node: HTMLElement; bar: Dom.Child[]; say?: Words | (() => Words); back?: string; live?: boolean; quiet?: boolean;
    start?(): void; stop?(): void; touched?(): void; update?(fresh: Partial<Api.Ticket>): void;
  }

  type Words = (string | null | false | undefined)[];
}

declare namespace Dom {
  type Child = Node | string | number | false | null | undefined | readonly Child[];
  interface Properties {
    [name: string]: unknown;
    onclick?: (event: MouseEvent) => unknown;
    onchange?: (event: Event) => unknown;
    onsubmit?: (event: SubmitEvent) => unknown;
  }

  type Tag<K extends string> = K extends `${infer T}.${string}` ? T : K;
  type Made<K extends string> = Tag<K> extends keyof HTMLElementTagNameMap ? HTMLElementTagNameMap[Tag<K>] : HTMLElement;
}

/** The scope of an audio worklet, which the DOM's types leave out. */
declare class AudioWorkletProcessor { readonly port: MessagePort }
declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void;
