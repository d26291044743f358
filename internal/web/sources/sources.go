// Package sources shows what each number of the model rests on.
package sources

import (
	"net/http"

	"github.com/evenkeel/evenkeel/internal/web/shell"
	"github.com/evenkeel/evenkeel/pkpd"
)

// Routes is the page. It holds nothing personal and is there for everybody.
func Routes() []shell.Route {
	return []shell.Route{{Pattern: "GET /sources", Do: show, Needs: shell.Nobody, Part: "body"}}
}

func show(v *shell.Visit) error {
	return v.Show(http.StatusOK, page(&v.View, pkpd.Standard()))
}
