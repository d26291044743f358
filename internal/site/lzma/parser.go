package lzma

import "math"

// parser chooses steps: of all ways through the next bytes the cheapest one, by
// what the model would charge now.
type parser struct {
	*encoder
	finder *finder
	nodes  []node
	steps  []step
	priced int // where prices were last reckoned
	prices struct {
		newLength, repLength [longest + 1]price
		slots                [4][64]price
		near                 [4][128]price // whole, of short distances
		align                [1 << alignBits]price
	}
}

// A node is a place in reach, with the cheapest way to it.
type node struct {
	cost  price
	step  step // the last one
	state state
	reps  reps
}

const (
	segmentSize = 4096
	reckonEvery = 1024 // bytes
	unreached   = price(math.MaxUint32)
)

func newParser(e *encoder, effort Effort) *parser {
	p := &parser{encoder: e, finder: newFinder(e.data, effort), nodes: make([]node, segmentSize+longest+1)}
	for i := range p.nodes {
		p.nodes[i].cost = unreached
	}
	p.reckon()
	return p
}

// segment writes steps up to a place that all cheap ways pass.
func (p *parser) segment() {
	if p.at-p.priced >= reckonEvery {
		p.reckon()
	}
	p.nodes[0] = node{state: p.state, reps: p.reps}
	last, reach := 0, 0
	var long step
	for i := 0; ; i++ {
		if i > 0 {
			p.arrive(i)
		}
		last = i
		if i > 0 && (i == reach || i >= segmentSize) || p.at+i == len(p.data) {
			break
		}
		if reach, long = p.look(i, reach); long.length > 0 {
			break
		}
	}
	p.steps = p.steps[:0]
	for i := last; i > 0; i -= p.nodes[i].step.length {
		p.steps = append(p.steps, p.nodes[i].step)
	}
	for i := range max(reach, last) + 1 {
		p.nodes[i].cost = unreached
	}
	for i := len(p.steps) - 1; i >= 0; i-- {
		p.write(p.steps[i])
	}
	if long.length > 0 {
		p.finder.skip(long.length - 1)
		p.write(long)
	}
}

// greedy writes the longest match that there is.
func (p *parser) greedy() {
	best, most := step{1, literal}, min(longest, len(p.data)-p.at)
	for k, d := range p.reps {
		if int(d) < p.at {
			if n := p.finder.length(p.at-int(d)-1, p.at, 0, most); n >= shortest && n > best.length {
				best = step{n, k}
			}
		}
	}
	if found := p.finder.next(); len(found) > 0 {
		// A new distance costs some two bytes more than one of before.
		if f := found[len(found)-1]; f.length > best.length+2 {
			best = step{f.length, match + int(f.distance)}
		}
	}
	p.finder.skip(best.length - 1)
	p.write(best)
}

// arrive works out state and distances at a node from where it was reached.
func (p *parser) arrive(i int) {
	n := &p.nodes[i]
	from := &p.nodes[i-n.step.length]
	switch k := n.step.kind; {
	case k == literal:
		n.state, n.reps = from.state.afterLiteral(), from.reps
	case k >= match:
		n.state, n.reps = from.state.afterMatch(), from.reps.with(uint32(k-match))
	case n.step.length == 1:
		n.state, n.reps = from.state.afterShort(), from.reps
	default:
		n.state, n.reps = from.state.afterRep(), from.reps.moved(k)
	}
}

func (p *parser) offer(i int, cost price, s step) {
	if n := &p.nodes[i+s.length]; cost < n.cost {
		n.cost, n.step = cost, s
	}
}

// look offers every step from a node. It gives how far nodes were reached, and a
// step that is so long that it is taken at once.
func (p *parser) look(i, reach int) (int, step) {
	m, n, at := p.model, p.nodes[i], p.at+i
	found := p.finder.next()
	most, nice := min(longest, len(p.data)-at), p.finder.effort.nice
	isMatch := n.cost + m.match[n.state].price(1)
	isRep := isMatch + m.rep[n.state].price(1)
	reach = max(reach, i+1)
	p.offer(i, n.cost+m.match[n.state].price(0)+p.literalPrice(at, &n), step{1, literal})
	for k, d := range n.reps {
		if int(d) >= at {
			continue
		}
		length := p.finder.length(at-int(d)-1, at, 0, most)
		if length == 0 {
			continue
		}
		cost := isRep + m.repPrice(n.state, k)
		if k == 0 {
			p.offer(i, isRep+m.rep0[n.state].price(0)+m.rep0Long[n.state].price(0), step{1, 0})
			cost += m.rep0Long[n.state].price(1)
		}
		if length >= nice {
			return reach, step{length, k}
		}
		for l := shortest; l <= length; l++ {
			p.offer(i, cost+p.prices.repLength[l], step{l, k})
		}
		reach = max(reach, i+length)
	}
	if len(found) == 0 {
		return reach, step{}
	}
	far := found[len(found)-1]
	if far.length >= nice {
		return reach, step{far.length, match + int(far.distance)}
	}
	reach = max(reach, i+far.length)
	isNew := isMatch + m.rep[n.state].price(0)
	l := shortest
	for _, f := range found {
		for ; l <= f.length; l++ {
			p.offer(i, isNew+p.prices.newLength[l]+p.distancePrice(f.distance, l), step{l, match + int(f.distance)})
		}
	}
	return reach, step{}
}

func (m *model) repPrice(s state, k int) price {
	switch k {
	case 0:
		return m.rep0[s].price(0)
	case 1:
		return m.rep0[s].price(1) + m.rep1[s].price(0)
	}
	return m.rep0[s].price(1) + m.rep1[s].price(1) + m.rep2[s].price(uint32(k-2))
}

func (p *parser) literalPrice(at int, n *node) price {
	list, v := p.model.literalModel(p.data, at), uint32(p.data[at])
	if n.state < 7 {
		return treePrice(list, v, 8)
	}
	like, m, same, sum := uint32(before(p.data, at, n.reps[0])), uint32(1), true, price(0)
	for i := 7; i >= 0; i-- {
		b, want := v>>i&1, like>>i&1
		if same {
			sum += list[(1+want)<<8+m].price(b)
		} else {
			sum += list[m].price(b)
		}
		same = same && b == want
		m = m<<1 | b
	}
	return sum
}

func (p *parser) distancePrice(d uint32, length int) price {
	class := classOf(length)
	if d < 128 {
		return p.prices.near[class][d]
	}
	return p.prices.slots[class][slotOf(d)] + p.prices.align[d&(1<<alignBits-1)]
}

// reckon works prices out anew, by what the model has learned.
func (p *parser) reckon() {
	p.priced = p.at
	m := p.model
	for l := shortest; l <= longest; l++ {
		p.prices.newLength[l], p.prices.repLength[l] = m.newLength.price(l), m.repLength.price(l)
	}
	for class := range p.prices.slots {
		slots := &p.prices.slots[class]
		for slot := range slots {
			slots[slot] = treePrice(m.slots[class][:], uint32(slot), 6)
			if slot >= firstFar {
				slots[slot] += price(slot>>1-1-alignBits) * perBit
			}
		}
		for d := range uint32(128) {
			slot := slotOf(d)
			cost := slots[slot]
			if slot >= firstNear {
				n := int(slot>>1) - 1
				high := (2 | slot&1) << n
				cost += backPrice(m.near[high-slot:], d-high, n)
			}
			p.prices.near[class][d] = cost
		}
	}
	for i := range p.prices.align {
		p.prices.align[i] = backPrice(m.align[:], uint32(i), alignBits)
	}
}

func (m *lengthModel) price(n int) price {
	v := uint32(n - shortest)
	if v < 8 {
		return m.beyondLow.price(0) + treePrice(m.low[:], v, 3)
	}
	if v < 16 {
		return m.beyondLow.price(1) + m.beyondMid.price(0) + treePrice(m.mid[:], v-8, 3)
	}
	return m.beyondLow.price(1) + m.beyondMid.price(1) + treePrice(m.high[:], v-16, 8)
}
