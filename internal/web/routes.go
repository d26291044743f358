package web

import "github.com/evenkeel/evenkeel/internal/web/shell"

func (s *pages) today() []shell.Route {
	return s.area("today",
		route{Pattern: "GET /{$}", Do: (*visit).today, Nav: true},
		route{Pattern: "POST /dose", Do: (*visit).tapped, Kept: true},
		route{Pattern: "POST /quick", Do: (*visit).quickAdd, Kept: true},
		route{Pattern: "POST /quick/preview", Do: (*visit).preview},
		route{Pattern: "POST /none", Do: (*visit).none, Kept: true},
		route{Pattern: "POST /check-in", Do: (*visit).quickCheckIn, Kept: true},
		route{Pattern: "POST /undo", Do: (*visit).undo},
		route{Pattern: "POST /undelete", Do: (*visit).undelete, Kept: true},
		route{Pattern: "GET /new/{kind}", Do: (*visit).newEntry},
		route{Pattern: "POST /new/{kind}", Do: (*visit).addEntry, Kept: true})
}

func (s *pages) journal() []shell.Route {
	return s.area("journal",
		route{Pattern: "GET /journal", Do: (*visit).journal, Nav: true},
		// What somebody looks for are their own words, and an address is kept in
		// the browser's history.
		route{Pattern: "POST /journal", Do: (*visit).journal, Back: "/journal"},
		route{Pattern: "GET /entries/{id}", Do: (*visit).editEntry},
		route{Pattern: "POST /entries/{id}", Do: (*visit).changeEntry, Kept: true},
		route{Pattern: "POST /entries/{id}/delete", Do: (*visit).deleteEntry, Back: "/journal"},
		route{Pattern: "GET /entries/{id}/forget", Do: (*visit).askForget},
		route{Pattern: "POST /entries/{id}/forget", Do: (*visit).forgetEntry, Back: "/journal"})
}

func (s *pages) products() []shell.Route {
	return s.area("products",
		route{Pattern: "GET /products", Do: (*visit).products, Nav: true},
		route{Pattern: "GET /products/new", Do: (*visit).newProduct},
		route{Pattern: "POST /products/new", Do: (*visit).saveProduct, Kept: true},
		route{Pattern: "GET /products/{id}", Do: (*visit).editProduct},
		route{Pattern: "POST /products/{id}", Do: (*visit).saveProduct, Kept: true},
		route{Pattern: "POST /products/{id}/put-away", Do: (*visit).putAway, Kept: true},
		route{Pattern: "POST /products/{id}/delete", Do: (*visit).deleteProduct, Back: "/products"})
}
