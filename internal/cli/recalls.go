package cli

import (
	"context"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/evenkeel/evenkeel/evidence/recall"
	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/recalls"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
)

// The answers of `evidence recalls --json`.
type (
	recallsAnswer struct {
		Updated  map[recall.Kind]string `json:"updated"`
		Products []recalledAnswer       `json:"products"`
	}
	recalledAnswer struct {
		Product journal.ID     `json:"product"`
		Name    string         `json:"name"`
		Notices []noticeAnswer `json:"notices"`
	}
	noticeAnswer struct {
		recall.Notice
		How recall.How `json:"how"` // names, may
	}
	noticesAnswer struct {
		Kind    recall.Kind `json:"kind"`
		Updated string      `json:"updated"`
		Records int         `json:"records"`
		Kept    int         `json:"kept"`
		Broken  []int       `json:"broken"`
	}
)

func (c *commands) recallsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "recalls", Short: c.t("recalls.short"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return c.sayRecalls(cmd.Context()) },
	}
	cmd.AddCommand(&cobra.Command{
		Use: "import FILE", Short: c.t("recalls.import.short"), Args: cobra.ExactArgs(1),
		Example: "  evenkeel evidence recalls import food-enforcement-0001-of-0001.json.zip",
		RunE:    func(cmd *cobra.Command, args []string) error { return c.importRecalls(cmd.Context(), args[0]) },
	})
	return cmd
}

func (c *commands) notices() (*recalls.Shelf, error) {
	dir, err := c.dir()
	if err != nil {
		return nil, err
	}
	return recalls.On(c.deps.Reference(filepath.Join(dir, referenceFolder))), nil
}

func (c *commands) importRecalls(ctx context.Context, path string) error {
	shelf, err := c.notices()
	if err != nil {
		return err
	}
	in, err := c.openInput(path)
	if err != nil {
		return err
	}
	defer in.Close()
	f, err := shelf.Import(ctx, in)
	if err != nil {
		return err
	}
	if c.json {
		broken := f.Broken
		if broken == nil {
			broken = []int{}
		}
		return c.printJSON(noticesAnswer{f.Kind, f.Updated, f.Records, len(f.Notices), broken})
	}
	return c.say("recalls.imported."+string(f.Kind), "n", len(f.Notices), "records", f.Records, "broken", len(f.Broken))
}

func (c *commands) sayRecalls(ctx context.Context) error {
	shelf, err := c.notices()
	if err != nil {
		return err
	}
	book, err := shelf.Book(ctx)
	if fault.Is(err, fault.NotFound) && !c.json {
		return c.say("recalls.none_lead")
	}
	if err != nil {
		return err
	}
	return c.look(ctx, func(a *app.App) error {
		j, err := a.Read(ctx)
		if err != nil {
			return err
		}
		list, err := shelf.Of(ctx, j)
		if err != nil {
			return err
		}
		return c.printRecalls(book, list)
	})
}

func (c *commands) printRecalls(book *recall.Book, list []recalls.Named) error {
	answer := recallsAnswer{Updated: book.Updated, Products: []recalledAnswer{}}
	lines := []string{}
	for _, k := range []recall.Kind{recall.Recall, recall.Report} {
		if day := book.Updated[k]; day != "" {
			lines = append(lines, c.t("recalls.updated."+string(k), "day", day))
		}
	}
	if len(list) == 0 {
		lines = append(lines, c.t("recalls.no_match"))
	}
	for _, n := range list {
		a := recalledAnswer{Product: n.Product.ID, Name: n.Product.Product().Name}
		lines = append(lines, "", oneLine(a.Name))
		for _, m := range n.Matches {
			a.Notices = append(a.Notices, noticeAnswer{m.Notice, m.How})
			lines = append(lines, "  "+c.t("recalls.how."+string(m.Kind)+"."+string(m.How)), "    "+m.Product, "    "+m.Reason,
				"    "+c.t("recalls.source."+string(m.Kind), "number", m.Number)+" "+m.Firm+" "+m.Class+" "+m.On)
		}
		answer.Products = append(answer.Products, a)
		lines = append(lines, "  "+c.t("recalls.compare"))
	}
	if c.json {
		return c.printJSON(answer)
	}
	return c.print(strings.Join(lines, "\n"))
}
