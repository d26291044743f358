package web

import (
	"net/http"
	"strings"
)

// routes is every address. What changes something is a POST.
func (s *Server) routes() http.Handler {
	m := http.NewServeMux()
	m.HandleFunc("GET /assets/", s.assets.serve)
	m.HandleFunc("GET /worker.js", s.assets.serveWorker)
	m.HandleFunc("GET /open", s.enter)
	m.HandleFunc("GET /help", s.help)

	page := func(pattern string, f func(*visit) error) { m.HandleFunc(pattern, s.inside(smallBody, f)) }
	page("GET /{$}", (*visit).today)
	page("POST /dose", (*visit).tapped)
	page("POST /quick", (*visit).quickAdd)
	page("POST /quick/preview", (*visit).preview)
	page("POST /none", (*visit).none)
	page("POST /check-in", (*visit).quickCheckIn)
	page("POST /undo", (*visit).undo)
	page("POST /undelete", (*visit).undelete)
	page("POST /curve", (*visit).setCurve)

	page("GET /body", (*visit).outlook)
	page("GET /body/ahead", (*visit).ahead)

	page("GET /journal", (*visit).journal)
	page("GET /new/{kind}", (*visit).newEntry)
	page("POST /new/{kind}", (*visit).addEntry)
	page("GET /entries/{id}", (*visit).editEntry)
	page("POST /entries/{id}", (*visit).changeEntry)
	page("POST /entries/{id}/delete", (*visit).deleteEntry)
	page("GET /entries/{id}/forget", (*visit).askForget)
	page("POST /entries/{id}/forget", (*visit).forgetEntry)

	page("GET /products", (*visit).products)
	page("GET /products/new", (*visit).newProduct)
	page("POST /products/new", (*visit).saveProduct)
	page("GET /products/{id}", (*visit).editProduct)
	page("POST /products/{id}", (*visit).saveProduct)
	page("POST /products/{id}/put-away", (*visit).putAway)
	page("POST /products/{id}/delete", (*visit).deleteProduct)

	page("GET /settings", (*visit).settingsHome)
	page("POST /settings", (*visit).choose)
	page("POST /settings/passphrase", (*visit).setPassphrase)
	page("POST /settings/passphrase/remove", (*visit).removePassphrase)
	page("GET /settings/recovery", (*visit).askRecovery)
	page("POST /settings/recovery", (*visit).makeRecovery)
	page("GET /export.json", (*visit).exportJSON)
	page("GET /export.csv", (*visit).exportCSV)
	page("POST /backup", (*visit).backup)
	page("GET /import", (*visit).askImport)
	page("POST /import/table", (*visit).importTable)
	page("GET /delete-everything", (*visit).askDeleteEverything)
	page("POST /delete-everything", (*visit).deleteEverything)
	m.HandleFunc("POST /import", s.inside(largeBody, (*visit).importFile))
	m.HandleFunc("POST /restore", s.inside(largeBody, (*visit).restore))

	page("GET /welcome", (*visit).welcome)
	page("GET /welcome/{step}", (*visit).welcome)
	page("POST /welcome/2", (*visit).welcomeProduct)
	page("POST /welcome/3", (*visit).welcomeEnd)
	page("POST /welcome/skip", (*visit).skipWelcome)
	page("POST /demo/enter", (*visit).enterDemo)
	page("POST /demo/leave", (*visit).leaveDemo)

	page("GET /unlock", (*visit).askUnlock)
	page("POST /unlock", (*visit).unlock)
	page("GET /unlock/recovery", (*visit).askUnlock)
	page("POST /unlock/recovery", (*visit).recover)
	page("POST /lock", (*visit).lock)
	page("GET /state", (*visit).state)
	page("POST /state", (*visit).state)

	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, pattern := m.Handler(r); pattern != "" {
			m.ServeHTTP(w, r)
			return
		}
		s.noSuchPage(w, r)
	})
}

// noSuchPage answers an address that is none of ours: with a page to somebody
// who was let in, and like every other address to somebody who was not.
func (s *Server) noSuchPage(w http.ResponseWriter, r *http.Request) {
	v := s.arrive(w, r)
	if v == nil {
		s.outside(w, r)
		return
	}
	if err := v.meet(0); err != nil {
		v.fail(err)
		return
	}
	if v.access != accessOpen {
		http.Redirect(w, r, "/unlock", http.StatusSeeOther)
		return
	}
	status := http.StatusNotFound
	if r.Method != http.MethodGet && r.Method != http.MethodHead && !strings.HasPrefix(r.URL.Path, "/entries/") {
		status = http.StatusMethodNotAllowed
	}
	_ = v.show(status, lostPage(&v.view))
}
