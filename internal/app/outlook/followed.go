package outlook

import (
	"context"
	"fmt"
	"maps"
	"strings"
	"time"

	"github.com/evenkeel/evenkeel/pkpd"
	"github.com/evenkeel/evenkeel/taper"
)

// followed are the courses of the schedules that were looked at last, of one
// person from one start: somebody who changes one pace looks at the others again.
type followed struct {
	whole   *pkpd.Person
	at      time.Time
	start   string
	days    int
	courses map[string]pkpd.Course
	least   map[string]leastWay
}

// followedBy is what was looked at of a person from a start; nothing of another.
func (r *Reader) followedBy(whole *pkpd.Person, b *subject) followed {
	r.mu.Lock()
	last := r.followed
	r.mu.Unlock()
	next := followed{whole: whole, at: b.at, start: fmt.Sprint(b.general, b.start.Product, b.start.ProductName, b.start.Unit, b.start.Grain, b.start.Day)}
	if last.whole == whole && last.at.Equal(next.at) && last.start == next.start && len(last.courses) < mostFollowed && len(last.least) < mostFollowed {
		next.days, next.courses, next.least = last.days, maps.Clone(last.courses), maps.Clone(last.least)
	}
	if next.courses == nil {
		next.courses = map[string]pkpd.Course{}
	}
	if next.least == nil {
		next.least = map[string]leastWay{}
	}
	return next
}

func (r *Reader) keep(f followed) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.open() {
		r.followed = f
	}
}

// mostFollowed is how many are kept before they begin anew.
const mostFollowed = 64

// courses follows schedules with the same draws and the same chance, those anew
// that were not looked at just before.
func (r *Reader) courses(ctx context.Context, whole *pkpd.Person, b *subject, days int, list []*taper.Schedule) ([]pkpd.Course, error) {
	next := r.followedBy(whole, b)
	if next.days != days {
		next.days, next.courses = days, map[string]pkpd.Course{}
	}
	keys := make([]string, len(list))
	var fresh []string
	var regimens []pkpd.Regimen
	for i, s := range list {
		keys[i] = key(s)
		if _, ok := next.courses[keys[i]]; !ok {
			next.courses[keys[i]] = pkpd.Course{}
			fresh, regimens = append(fresh, keys[i]), append(regimens, b.regimen(s, days))
		}
	}
	if len(regimens) > 0 {
		all, err := whole.Fewer(paceDraws).Compare(ctx, regimens, pkpd.CourseOptions{Days: days + 1, MidnightH: midnightH(b.at)})
		if err != nil {
			return nil, failed(ctx, err)
		}
		for i, k := range fresh {
			next.courses[k] = all.Courses[i]
		}
	}
	r.keep(next)
	out := make([]pkpd.Course, len(list))
	for i, k := range keys {
		out[i] = next.courses[k]
	}
	return out, nil
}

// leastOf is a least plan, or the one of the same question just before.
func (r *Reader) leastOf(ctx context.Context, whole *pkpd.Person, b *subject, goal float64, l taper.Limits) (w leastWay) {
	kept := r.followedBy(whole, b)
	k := fmt.Sprint(goal, l)
	if w, ok := kept.least[k]; ok {
		return w
	}
	if w.schedule, w.certificate, w.err = b.least(ctx, whole, goal, l); w.err == nil && w.schedule.Reached > 0 {
		w.finer = b.finer(ctx, whole, goal, l, w.schedule.Reached)
		w.keeps = b.keeps(ctx, whole, goal, l, w.schedule.Reached)
	}
	if ctx.Err() == nil {
		kept.least[k] = w
		r.keep(kept)
	}
	return w
}

// key tells schedules of one start apart.
func key(s *taper.Schedule) string {
	var b strings.Builder
	for _, st := range s.Steps {
		fmt.Fprintln(&b, st.Day, st.Pattern)
	}
	return b.String()
}
