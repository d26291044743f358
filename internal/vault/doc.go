// Package vault seals a person's records and keeps the key to them.
//
// One random 256-bit data key per person seals every record. The data key itself
// is never stored; a Ring keeps it wrapped, once per way to open it: a passphrase,
// a recovery code, or, while there is no passphrase, a device key. Losing all
// of these loses the journal; destroying the ring destroys it on purpose.
//
// The vault reads no clock, no global random source and no file.
package vault
