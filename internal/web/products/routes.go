package products

import "github.com/evenkeel/evenkeel/internal/web/shell"

// Routes of the products' pages.
func Routes() []shell.Route {
	return []shell.Route{
		{Pattern: "GET /products", Do: list, Part: "products", Nav: true},
		{Pattern: "GET /products/new", Do: begin, Part: "products"},
		{Pattern: "POST /products/new", Do: save, Part: "products", Kept: true},
		{Pattern: "GET /products/{id}", Do: edit, Part: "products"},
		{Pattern: "POST /products/{id}", Do: save, Part: "products", Kept: true},
		{Pattern: "POST /products/{id}/put-away", Do: putAway, Part: "products", Kept: true},
		{Pattern: "POST /products/{id}/delete", Do: remove, Part: "products", Back: "/products"},
	}
}
