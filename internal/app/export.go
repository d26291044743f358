package app

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
)

// The export format; docs/formats.md describes it.
const (
	ExportFormat  = "evenkeel-journal"
	ExportVersion = 1
)

// exportHead is the first part of an export; "records" follows.
type exportHead struct {
	Format   string    `json:"format"`
	Version  int       `json:"version"`
	Exported time.Time `json:"exported"`
}

// exportRecord is one record of an export: the event byte for byte as it was
// sealed, so that nothing is lost, not even what a newer release wrote.
type exportRecord struct {
	ID    journal.ID      `json:"id"`
	Event json.RawMessage `json:"event"`
}

// ExportJSON writes everything the log holds, every version and deletion, in
// the lossless form that Import reads back. A record that is damaged stops it:
// an export that silently misses something is worse than none.
func (a *App) ExportJSON(ctx context.Context, w io.Writer) error {
	_, err := a.exportJSON(ctx, w, false)
	return err
}

// ExportReadable is ExportJSON that leaves damaged records out and counts
// them, for getting the rest to safety.
func (a *App) ExportReadable(ctx context.Context, w io.Writer) (damaged int, err error) {
	return a.exportJSON(ctx, w, true)
}

func (a *App) exportJSON(ctx context.Context, w io.Writer, skipDamaged bool) (damaged int, err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := a.sync(ctx); err != nil {
		return 0, err
	}
	out := bufio.NewWriter(w)
	head, err := json.Marshal(exportHead{ExportFormat, ExportVersion, a.clock.Now()})
	if err != nil {
		return 0, err
	}
	out.Write(head[:len(head)-1])
	out.WriteString(`,"records":[`)
	sep := "\n"
	damaged, err = a.eachPlain(ctx, skipDamaged, func(id RecordID, plain []byte) error {
		line, err := json.Marshal(exportRecord{journal.ID(id), plain})
		if err != nil {
			return err
		}
		out.WriteString(sep)
		_, err = out.Write(line)
		sep = ",\n"
		return err
	})
	if err != nil {
		return damaged, writeFailed(err)
	}
	out.WriteString("\n]}\n")
	return damaged, writeFailed(out.Flush())
}

// eachPlain yields the plaintext of every record. A damaged one stops it, or
// is left out and counted.
func (a *App) eachPlain(ctx context.Context, skipDamaged bool, yield func(RecordID, []byte) error) (damaged int, err error) {
	var plain []byte
	err = a.store.ReadAfter(ctx, a.person, 0, func(r Record) error {
		if len(r.Ciphertext) == 0 {
			return nil
		}
		var err error
		plain, err = a.key.Open(plain[:0], a.person, r.ID, r.Ciphertext)
		switch {
		case err != nil && skipDamaged:
			damaged++
			return nil
		case err != nil:
			return fault.Wrap(err, fault.Corrupt, "Record %d of the journal is damaged. Restore your last backup to mend it, or run `evenkeel export --skip-damaged FILE` to get everything else out.", r.Seq)
		}
		return yield(r.ID, plain)
	})
	return damaged, err
}

func writeFailed(err error) error {
	if err == nil || fault.CodeOf(err) != fault.Internal {
		return err
	}
	return fault.Wrap(err, fault.FullDisk, "The file could not be written to the end. Check the place and the free space, then try again.")
}

// csvColumns of the flat export, one row per live entry. Products and
// settings are in the JSON export only.
var csvColumns = []string{"id", "kind", "at", "recorded", "back_dated", "product", "amount", "unit", "mitragynine_mg", "mitragynine_mg_low", "mitragynine_mg_high",
	"seven_oh_mg", "seven_oh_mg_low", "seven_oh_mg_high", "content_basis", "reasons", "helped", "rough", "craving", "mood", "calm", "energy", "pain",
	"sleep_h", "sleep_quality", "symptoms", "class", "change", "since", "ongoing", "area", "effect", "currency", "days", "times_per_day", "text"}

// ExportCSV writes the live entries as a flat table for a spreadsheet.
func (a *App) ExportCSV(ctx context.Context, w io.Writer) error {
	return a.with(ctx, func(j *journal.Journal) error {
		out := csv.NewWriter(w)
		if err := out.Write(csvColumns); err != nil {
			return writeFailed(err)
		}
		for _, e := range j.All() {
			cells := csvCells(j, e)
			row := make([]string, len(csvColumns))
			for i, c := range csvColumns {
				row[i] = inert(cells[c])
			}
			if err := out.Write(row); err != nil {
				return writeFailed(err)
			}
		}
		out.Flush()
		return writeFailed(out.Error())
	})
}

// inert keeps a spreadsheet from running a cell that begins like a formula.
func inert(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		if _, err := strconv.ParseFloat(s, 64); err != nil {
			return "'" + s
		}
	}
	return s
}

func csvCells(j *journal.Journal, e *journal.Entry) map[string]string {
	c := map[string]string{
		"id": e.ID.String(), "kind": string(e.Kind), "at": e.At.Format(time.RFC3339Nano), "recorded": e.Recorded.Format(time.RFC3339Nano),
	}
	if e.BackDated() {
		c["back_dated"] = "yes"
	}
	num := func(key string, v float64) {
		if v != 0 {
			c[key] = strconv.FormatFloat(v, 'g', -1, 64)
		}
	}
	score := func(key string, v *int) {
		if v != nil {
			c[key] = strconv.Itoa(*v)
		}
	}
	span := func(key string, r journal.Range) {
		if r.Known() {
			num(key, round3(r.Mid))
			num(key+"_low", round3(r.Low))
			num(key+"_high", round3(r.High))
			c["content_basis"] = string(r.Basis)
		}
	}
	switch {
	case e.Dose() != nil:
		d := e.Dose()
		c["product"], c["unit"], c["text"] = d.ProductName, d.Unit, d.Note
		num("amount", d.Amount)
		score("helped", d.Helped)
		c["reasons"] = join(d.Reasons)
		if p, ok := j.Product(d.Product); ok {
			c["product"] = p.Name
			held := p.Alkaloids(d.Amount, d.Unit)
			span("mitragynine_mg", held.Mitragynine)
			span("seven_oh_mg", held.SevenOH)
		}
	case e.CheckIn() != nil:
		k := e.CheckIn()
		score("rough", k.Rough)
		score("craving", k.Craving)
		score("mood", k.Mood)
		score("calm", k.Calm)
		score("energy", k.Energy)
		score("pain", k.Pain)
		score("sleep_quality", k.SleepQuality)
		if k.SleepHours != nil {
			c["sleep_h"] = strconv.FormatFloat(*k.SleepHours, 'g', -1, 64)
		}
		var list []string
		for _, s := range journal.Symptoms {
			if v, ok := k.Symptoms[s]; ok {
				list = append(list, string(s)+"="+strconv.Itoa(v))
			}
		}
		c["symptoms"], c["text"] = strings.Join(list, " "), k.Note
	case e.Substance() != nil:
		c["class"], c["product"], c["text"] = string(e.Substance().Class), e.Substance().Name, e.Substance().Note
		c["amount"] = e.Substance().Amount
	case e.BodyChange() != nil:
		c["change"], c["since"], c["text"] = string(e.BodyChange().Change), string(e.BodyChange().Since), e.BodyChange().Note
		if e.BodyChange().Ongoing {
			c["ongoing"] = "yes"
		}
	case e.Life() != nil:
		c["area"], c["effect"], c["text"] = string(e.Life().Area), e.Life().Effect, e.Life().Note
	case e.Note() != nil:
		c["text"] = e.Note().Text
	case e.Spending() != nil:
		num("amount", e.Spending().Amount)
		c["currency"], c["text"] = e.Spending().Currency, e.Spending().Note
	case e.PriorUse() != nil:
		c["product"], c["unit"], c["text"] = e.PriorUse().ProductName, e.PriorUse().Unit, e.PriorUse().Note
		num("amount", e.PriorUse().PerDay)
		num("days", e.PriorUse().Days)
		num("times_per_day", e.PriorUse().TimesPerDay)
	}
	return c
}

func round3(v float64) float64 {
	s := strconv.FormatFloat(v, 'g', 3, 64)
	r, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return v
	}
	return r
}

func join[T ~string](list []T) string {
	words := make([]string, len(list))
	for i, v := range list {
		words[i] = string(v)
	}
	return strings.Join(words, " ")
}
