package quick

import (
	"strconv"
	"time"
)

// moments are the answers to when it was: the two readings, the hours of the
// part of the day that was named, or the date a year back.
func (g *entries) moments(w *when, at placed) []Choice {
	if g.askedEnough() {
		return nil
	}
	if w.to <= w.from || w.apart {
		return nil
	}
	say := g.ctx.saying()
	date := func(t time.Time) string {
		if at.trouble == eitherHour && w.day.kind == noDay && g.dayOf(t).Equal(g.dayOf(g.now)) {
			return ""
		}
		return t.Format(time.DateOnly) + " "
	}
	switch at.trouble {
	case eitherHour, eitherDay:
		var list []Choice
		for _, t := range []time.Time{at.one, at.two} {
			list = append(list, choice(g.edit(w.from, w.to, date(t)+t.Format("3:04 pm")), "moment", "moment", g.ctx.momentText(t)))
		}
		return list
	case nextYear:
		clock := ""
		if w.hasClock {
			clock = " " + strconv.Itoa(w.hour) + ":" + two(w.minute)
			switch {
			case w.meridiem != 0:
				clock += string(w.meridiem) + "m"
			case w.hour < 10:
				clock = " 0" + clock[1:]
			}
		}
		return []Choice{choice(g.edit(w.from, w.to, at.one.Format(time.DateOnly)+clock), "last_year", "date", at.one.Format(time.DateOnly))}
	case needsClock:
		return g.hoursOf(w, say.at)
	}
	return nil
}

func two(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// partHours are the whole hours offered for a part of the day; those of a whole
// day under "".
var partHours = map[string][]int{
	"morning": {6, 7, 8, 9, 10, 11}, "afternoon": {12, 13, 14, 15, 16, 17}, "late": {12, 13, 14, 15, 16, 17, 18, 19}, "pm": {12, 14, 16, 18, 20, 22},
	"evening": {17, 18, 19, 20, 21, 22}, "night": {19, 20, 21, 22, 23}, "": {6, 8, 10, 12, 14, 16, 18, 20, 22},
}

// hoursOf offers the hours that have gone by.
func (g *entries) hoursOf(w *when, lead string) []Choice {
	date, ok := g.date(w.day)
	if !ok || w.far {
		return nil
	}
	var list []Choice
	for _, h := range partHours[w.part] {
		t, ok := g.wall(date, h, 0)
		if !ok || t.After(g.now) {
			continue
		}
		line := g.after(w.to, lead+" "+t.Format("3 pm"))
		if w.loose {
			line = g.edit(w.from, w.to, lead+" "+t.Format("3 pm"))
		}
		list = append(list, choice(line, "moment", "moment", g.ctx.momentText(t)))
	}
	return list
}

// spread are the answers to "5 tablets today".
func (g *entries) spread(w *when) []Choice {
	if g.askedEnough() {
		return nil
	}
	if w.to <= w.from || w.apart {
		return nil
	}
	say := g.ctx.saying()
	return []Choice{choice(g.edit(w.from, w.to, say.now), "one_now"), choice(g.edit(w.from, w.to, say.overDay), "over_day")}
}
