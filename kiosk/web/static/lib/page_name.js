// Which page this is, known before the service has given anything.

/** The name of this page: kiosk, counter, tablet, board, ticket, admin or voices. */
export const page = document.body.dataset.page || "";
