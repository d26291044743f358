// Package shell is what stands around the pages: the gate that says who asks,
// sessions, the routes that areas mount and what each of them needs, forms
// that are kept while the journal is locked, assets.
//
// It knows no page. An area is a list of routes:
//
//	func (a *Area) Routes() []shell.Route {
//		return []shell.Route{
//			{Pattern: "GET /journal", Do: a.list, Part: "journal", Nav: true},
//			{Pattern: "POST /entries/{id}", Do: a.change, Part: "journal", Kept: true},
//		}
//	}
package shell
