// Package share is what a person does to let somebody see a part of their journal:
// look who it is, see exactly what will be seen, sign, renew, take back, and read
// who got what.
//
// What leaves is a projection: a copy of what was ticked, made anew for each
// version. Everything is written into the journal before a host is asked, so that no
// host holds anything that the journal does not know of.
package share
