package cli

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/evenkeel/evenkeel/directory/treatment"
	"github.com/evenkeel/evenkeel/internal/app/places"
	"github.com/evenkeel/evenkeel/pkpd"
)

// referenceFolder holds public files, in the data directory.
const referenceFolder = "reference"

// The answers of `directory --json`.
type (
	directoryAnswer struct {
		Imported time.Time         `json:"imported"`
		Places   int               `json:"places"`
		Rows     int               `json:"rows"`
		Doubles  int               `json:"doubles"`
		Located  int               `json:"located"`
		Broken   []brokenRowAnswer `json:"broken"`
	}
	brokenRowAnswer struct {
		Row int    `json:"row"`
		Why string `json:"why"`
	}
	placesAnswer struct {
		Imported time.Time     `json:"imported"`
		Total    int           `json:"total"`
		Near     bool          `json:"near"` // whether distances are known
		Places   []placeAnswer `json:"places"`
	}
	placeAnswer struct {
		Name   string   `json:"name"`
		Part   string   `json:"part,omitempty"`
		Street string   `json:"street,omitempty"`
		City   string   `json:"city"`
		State  string   `json:"state"`
		ZIP    string   `json:"zip"`
		Phone  string   `json:"phone,omitempty"`
		Intake []string `json:"intake,omitempty"`
		Miles  *float64 `json:"miles,omitempty"`
		Exact  bool     `json:"exact"` // false: measured from the middle of its ZIP code
		Needs  []string `json:"needs"`
		Codes  []string `json:"codes"`
	}
)

func (c *commands) directoryCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "directory", Short: c.t("places.short")}
	cmd.AddCommand(
		&cobra.Command{
			Use: "import FILE...", Short: c.t("places.import.short"), Args: cobra.MinimumNArgs(1),
			RunE: func(cmd *cobra.Command, args []string) error { return c.importPlaces(cmd.Context(), args) },
		},
		c.searchPlacesCommand(),
	)
	return cmd
}

func (c *commands) shelf() (*places.Shelf, error) {
	dir, err := c.dir()
	if err != nil {
		return nil, err
	}
	return places.On(c.deps.Reference(filepath.Join(dir, referenceFolder))), nil
}

func (c *commands) importPlaces(ctx context.Context, paths []string) error {
	shelf, err := c.shelf()
	if err != nil {
		return err
	}
	var files []io.Reader
	for _, p := range paths {
		f, err := c.openInput(p)
		if err != nil {
			return err
		}
		defer f.Close()
		files = append(files, f)
	}
	r, err := shelf.Import(ctx, time.Now(), files...)
	if err != nil {
		return err
	}
	if c.json {
		a := directoryAnswer{Imported: r.Imported, Places: len(r.Places), Rows: r.Rows, Doubles: r.Doubles, Located: r.Located, Broken: []brokenRowAnswer{}}
		for _, b := range r.Broken {
			a.Broken = append(a.Broken, brokenRowAnswer{b.Line, b.Why})
		}
		return c.printJSON(a)
	}
	lines := []string{
		c.t("places.imported", "n", len(r.Places)),
		c.t("places.imported_rows", "rows", r.Rows, "doubles", r.Doubles, "located", r.Located),
	}
	if len(r.Broken) > 0 {
		lines = append(lines, c.t("places.broken", "n", len(r.Broken)))
		for _, b := range r.Broken {
			lines = append(lines, "  "+c.t("places.broken."+b.Why, "n", b.Line))
		}
	}
	return c.print(strings.Join(lines, "\n"))
}

func (c *commands) searchPlacesCommand() *cobra.Command {
	var needs []string
	q := treatment.Query{}
	cmd := &cobra.Command{
		Use: "search [WHERE]", Short: c.t("places.search.short"), Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			q.Where = strings.Join(args, " ")
			for _, s := range needs {
				n, ok := treatment.ParseNeed(s)
				if !ok {
					return usage("places.no_need", "list", words(treatment.Needs))
				}
				q.Needs = append(q.Needs, n)
			}
			return c.searchPlaces(cmd.Context(), q)
		},
	}
	cmd.Flags().StringSliceVar(&needs, "need", nil, c.t("places.flag.need")+": "+words(treatment.Needs))
	cmd.Flags().IntVar(&q.Limit, "limit", 20, c.t("places.flag.limit"))
	return cmd
}

func (c *commands) searchPlaces(ctx context.Context, q treatment.Query) error {
	shelf, err := c.shelf()
	if err != nil {
		return err
	}
	d, err := shelf.Directory(ctx)
	if err != nil {
		return err
	}
	hits, total, near := d.Search(q)
	if c.json {
		a := placesAnswer{Imported: d.Imported, Total: total, Near: near, Places: []placeAnswer{}}
		for _, h := range hits {
			a.Places = append(a.Places, placeOf(h))
		}
		return c.printJSON(a)
	}
	if total == 0 {
		return c.say("places.none_fit")
	}
	var b strings.Builder
	fmt.Fprintln(&b, c.t("places.found", "n", total))
	if !near {
		fmt.Fprintln(&b, c.t("places.no_distance"))
	}
	for _, h := range hits {
		fmt.Fprintf(&b, "\n%s\n%s\n", strings.TrimSuffix(h.Name+", "+h.Part, ", "), strings.TrimPrefix(h.Street+", "+h.City+", "+h.State+" "+h.ZIP, ", "))
		if distance := c.text.Miles(h); distance != "" {
			fmt.Fprintln(&b, distance)
		}
		fmt.Fprintln(&b, strings.Join(append([]string{h.Phone}, h.Intake...), "  "))
		var list []string
		for _, n := range h.Needs() {
			list = append(list, c.t("places.need."+string(n)))
		}
		fmt.Fprintln(&b, strings.Join(list, ". "))
	}
	fmt.Fprint(&b, "\n"+c.t("places.listed", "day", d.Imported.Format(time.DateOnly)))
	return c.print(b.String())
}

func placeOf(h treatment.Hit) placeAnswer {
	a := placeAnswer{
		Name: h.Name, Part: h.Part, Street: h.Street, City: h.City, State: h.State, ZIP: h.ZIP, Phone: h.Phone, Intake: h.Intake,
		Exact: h.At.Exact, Needs: []string{}, Codes: h.Codes,
	}
	for _, n := range h.Needs() {
		a.Needs = append(a.Needs, string(n))
	}
	if h.Miles >= 0 {
		m := pkpd.Round(h.Miles, 3)
		a.Miles = &m
	}
	return a
}
