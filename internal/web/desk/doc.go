// Package desk has the pages of a program's desk: who needs a look, one person's
// page, what is taken along, counts, members, the card, the record of what was
// done. They are served on this computer alone, behind the same gate as a person's
// own pages, and have no journal: everything that they show was shared.
//
// Every page says that it is no live channel, what is not shared is said as "not
// shared", and what is unknown as "not known". The pages decide nothing: who stands
// where on the list is for care/caseload.
package desk
