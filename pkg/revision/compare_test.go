package revision_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/touchstone-health/touchstone/pkg/revision"
)

// ward is changed in one place at a time below.
const ward = `touchstone: rubric/v1
id: ward
version: 1.0.0
status: published
title: Ward
guidance: Read it so.
import: [./words.yaml]
facts:
  data: {type: yes-no, ask: "Data?"}
  told: {type: yes-no, ask: "Told?", why: To tell.}
scales: {own: [none, some, all]}
criteria:
  - id: burden
    title: Burden
    ask: Is there less work?
    weight: 3
    scale: practice
    levels: {0: Nothing., 3: A count.}
    met: 3
    evidence:
      - {from: 2, kinds: [study], max_age: 24 months}
      - {from: 4, kinds: [audit]}
    improve: {3: {advice: Count it., effort: 2}}
  - id: pathway
    title: Pathway
    criteria:
      - {id: mapped, title: Mapped, scale: own, when: facts.data}
      - {id: walked, title: Walked, scale: own}
  - {id: climb, title: Climb, combine: ladder, criteria: [{id: one, title: One, scale: yes-no}, {id: two, title: Two, scale: yes-no}]}
  - {use: ./part.yaml, weight: 2}
weight_rules: [{of: [burden], max: 90}]
gates:
  - {id: shown, needs: level("burden") >= 2, because: It must be shown.}
  - {id: drawn, needs: level("one") >= 1}
flags:
  - {id: quiet, when: level("burden") < 1, severity: high, say: It is quiet.}
bands: [{id: low, label: Low, from: 0}, {id: high, label: High, from: 50}]
`

const words = `touchstone: vocabulary/v1
id: words
stages: [idea, pilot]
scales: {practice: [never, planned, once, routine, proven]}
kinds: {study: {title: Study}, audit: {title: Audit, note: A count.}}
roles: {nurse: {title: Nurse}}
`

const partOf = `touchstone: rubric/v1
id: part
version: 1.0.0
title: Part
criteria:
  - {id: a, title: A, scale: [no way, yes way]}
  - {id: b, title: B, scale: [no way, yes way], weight: 2}
gates: [{id: g, needs: level("a") >= 1}]
`

func wards(change func(file, text string) string) library {
	l := library{}
	for file, text := range map[string]string{"ward.yaml": ward, "words.yaml": words, "part.yaml": partOf} {
		l[file] = &fstest.MapFile{Data: []byte(change(file, text))}
	}
	return l
}

func TestCompare(t *testing.T) {
	unchanged := func(_, text string) string { return text }
	before, list := wards(unchanged).compile("ward")
	if before == nil {
		t.Fatal(list)
	}
	for _, c := range []struct{ name, old, new, want string }{
		{"a weight", "weight: 3", "weight: 2", `major changed criterion burden weight "3" → "2" at ward.yaml:16 [ward/burden]`},
		{"a weight that is as if unsaid", "title: Walked,", "weight: 1, title: Walked,", `patch added criterion walked weight "" → "1" at ward.yaml:28 (changes no score)`},
		{"a weight written otherwise", "weight: 3", "weight: 3.0", `patch changed criterion burden weight "3" → "3.0" at ward.yaml:16 (changes no score)`},
		{"a question", "less work", "less to do", `minor changed criterion burden ask "Is there less work?" → "Is there less to do?" at ward.yaml:15`},
		{"a descriptor", "3: A count.}", "3: Two counts.}", `minor changed criterion burden levels 3 "A count." → "Two counts." at ward.yaml:18`},
		{"a descriptor more", "3: A count.}", "3: A count., 4: More.}", `minor added criterion burden levels 4 "" → "More." at ward.yaml:18`},
		{"a level by another form of number", "{0: Nothing., 3:", "{0.0: Nothing., 3:", `patch`},
		{"advice", "Count it.", "Count all.", `patch changed criterion burden improve/advice 3 "Count it." → "Count all." at ward.yaml:23`},
		{"an evidence rule", "24 months", "12 months", `major changed criterion burden evidence/max_age 1 "24 months" → "12 months" at ward.yaml:21 [ward/burden]`},
		{"an evidence rule that means the same", "24 months", "2 years", `patch changed criterion burden evidence/max_age 1 "24 months" → "2 years" at ward.yaml:21 (changes no score)`},
		{"an evidence rule less", "      - {from: 4, kinds: [audit]}\n", "", `major removed criterion burden evidence 2 "{from: 4, kinds: [audit]}" → "" at ward.yaml:22 [ward/burden]`},
		{"an evidence rule before the others", "      - {from: 2,", "      - {from: 3, kinds: [audit]}\n      - {from: 2,", `major added criterion burden evidence 1 "" → "{from: 3, kinds: [audit]}" at ward.yaml:21 [ward/burden]`},
		{"a condition", "when: facts.data", "when: '!facts.data'", `major changed criterion mapped when "facts.data" → "!facts.data" at ward.yaml:27 [ward/mapped]`},
		{"a condition in other words", "when: facts.data", "when: facts.data && facts.data", `patch changed criterion mapped when "facts.data" → "facts.data && facts.data" at ward.yaml:27 (changes no score)`},
		{"met", "    met: 3\n", "    met: 2\n", `major changed criterion burden met "3" → "2" at ward.yaml:19 [ward/burden]`},
		{"met by its label", "    met: 3\n", "    met: routine\n", `patch changed criterion burden met "3" → "routine" at ward.yaml:19 (changes no score)`},
		{"another scale", "id: walked, title: Walked, scale: own", "id: walked, title: Walked, scale: practice", `major changed criterion walked scale "own" → "practice" at ward.yaml:28 [ward/walked]`},
		{"the same scale, written out", "id: walked, title: Walked, scale: own", "id: walked, title: Walked, scale: [none, some, all]", `patch changed criterion walked scale "own" → "[none, some, all]" at ward.yaml:28 (changes no score)`},
		{"the same levels by other labels", "id: walked, title: Walked, scale: own", "id: walked, title: Walked, scale: [no, part, whole]", `minor changed criterion walked scale "own" → "[no, part, whole]" at ward.yaml:28`},
		{"a scale, at length", "own: [none, some, all]", "own: [{value: 0, label: none}, {value: 1, label: some}, {value: 2, label: all}]", `patch`},
		{"a level more", "own: [none, some, all]", "own: [none, some, all, more]", `major added scale own value 3 "" → "3 more" at ward.yaml:11 [ward/mapped ward/walked]`},
		{"a label", "own: [none, some, all]", "own: [none, part, all]", `minor changed scale own label 1 "some" → "part" at ward.yaml:11`},
		{"a value", "own: [none, some, all]", "own: [none, some, {value: 4, label: all}]", `major changed scale own value all "2" → "4" at ward.yaml:11 [ward/mapped ward/walked]`},
		{"a scale that nobody uses", "own: [none, some, all]", "own: [none, some, all], spare: [a, b]", `patch added scale spare "" → "[a, b]" at ward.yaml:11 (changes no score)`},
		{"a scale of the words", "routine, proven", "usual, proven", `minor changed scale practice label 3 "routine" → "usual" at words.yaml:4`},
		{"a criterion less", "      - {id: walked, title: Walked, scale: own}\n", "", `major removed criterion walked "Walked" → "" at ward.yaml:28 [ward/walked]`},
		{"a criterion more", "  - {use: ./part", "  - {id: new, title: New, scale: own}\n  - {use: ./part", `major added criterion new "" → "New" at ward.yaml:30 [ward/new]`},
		{"a criterion under another id", "id: walked,", "id: strolled,", "major added criterion strolled \"\" → \"Walked\" at ward.yaml:28 [ward/strolled]\nmajor removed criterion walked \"Walked\" → \"\" at ward.yaml:28 [ward/walked]"},
		{"a group less", "  - id: pathway\n    title: Pathway\n    criteria:\n      - {id: mapped, title: Mapped, scale: own, when: facts.data}\n      - {id: walked, title: Walked, scale: own}\n", "", `major removed criterion pathway "Pathway, with mapped, walked" → "" at ward.yaml:24 [ward/mapped ward/pathway ward/walked]`},
		{"a criterion in another group", "      - {id: walked, title: Walked, scale: own}\n", "  - {id: walked, title: Walked, scale: own}\n", `major moved criterion walked "in pathway" → "at the top" at ward.yaml:28 [ward/walked]`},
		{"a group under another id", "  - id: pathway", "  - id: route", "major added criterion route \"\" → \"Pathway\" at ward.yaml:24 [ward/route]\nmajor moved criterion mapped \"in pathway\" → \"in route\" at ward.yaml:27 [ward/mapped]\nmajor moved criterion walked \"in pathway\" → \"in route\" at ward.yaml:28 [ward/walked]\nmajor removed criterion pathway \"Pathway\" → \"\" at ward.yaml:24 [ward/pathway]"},
		{"an order that says nothing", "      - {id: mapped, title: Mapped, scale: own, when: facts.data}\n      - {id: walked, title: Walked, scale: own}\n", "      - {id: walked, title: Walked, scale: own}\n      - {id: mapped, title: Mapped, scale: own, when: facts.data}\n", `patch reordered criterion pathway criteria "[mapped, walked]" → "[walked, mapped]" at ward.yaml:26 (changes no score)`},
		{"the order of rungs", "[{id: one, title: One, scale: yes-no}, {id: two, title: Two, scale: yes-no}]", "[{id: two, title: Two, scale: yes-no}, {id: one, title: One, scale: yes-no}]", `major reordered criterion climb criteria "[one, two]" → "[two, one]" at ward.yaml:29 [ward/climb]`},
		{"a rung more", "{id: two, title: Two, scale: yes-no}]", "{id: two, title: Two, scale: yes-no}, {id: three, title: Three, scale: yes-no}]", `major added criterion three "" → "Three" at ward.yaml:29 [ward/three]`},
		{"how a group combines", "combine: ladder", "combine: count", `major changed criterion climb combine "ladder" → "count" at ward.yaml:29 [ward/climb]`},
		{"a gate", "level(\"burden\") >= 2,", "level(\"burden\") >= 3,", `minor changed gate shown needs "level("burden") >= 2" → "level("burden") >= 3" at ward.yaml:33`},
		{"why there is a gate", "It must be shown.", "It must be seen.", `patch changed gate shown because "It must be shown." → "It must be seen." at ward.yaml:33`},
		{"a gate that reads another criterion", `level("one") >= 1`, `level("two") >= 1`, "major follows criterion one na at ward.yaml:29 (no gate and no flag that caps reads it any more, so any reason for n/a is accepted) [ward/one]\n" +
			"major follows criterion two na at ward.yaml:29 (a gate or a flag that caps reads it now, and the rubric accepts no reason for n/a) [ward/two]\nminor changed gate drawn needs \"level(\"one\") >= 1\" → \"level(\"two\") >= 1\" at ward.yaml:34"},
		{"a gate less", "  - {id: shown, needs: level(\"burden\") >= 2, because: It must be shown.}\n", "", "major follows criterion burden na at ward.yaml:13 (no gate and no flag that caps reads it any more, so any reason for n/a is accepted) [ward/burden]\nminor removed gate shown \"level(\"burden\") >= 2\" → \"\" at ward.yaml:33"},
		{"what a flag does", "severity: high,", "severity: high, effect: {cap: low},", `minor added flag quiet effect "" → "{cap: low}" at ward.yaml:36`},
		{"what a flag says", "It is quiet.", "It is very quiet.", `patch changed flag quiet say "It is quiet." → "It is very quiet." at ward.yaml:36`},
		{"where a band begins", "from: 50", "from: 60", `minor changed band high from "50" → "60" at ward.yaml:37`},
		{"a band less", ", {id: high, label: High, from: 50}", "", `minor removed band high "High" → "" at ward.yaml:37`},
		{"a weight rule", "max: 90", "max: 80", `minor changed rubric weight_rules/max 1 "90" → "80" at ward.yaml:31`},
		{"how levels are read", "Read it so.", "Read it thus.", `minor changed rubric guidance "Read it so." → "Read it thus." at ward.yaml:6`},
		{"the title", "title: Ward\n", "title: Wards\n", `patch changed rubric title "Ward" → "Wards" at ward.yaml:5`},
		{"the status", "status: published", "status: retired", `none changed rubric status "published" → "retired" at ward.yaml:4`},
		{"the version", "version: 1.0.0\nstatus", "version: 1.0.1\nstatus", ``},
		{"another rubric", "id: ward\n", "id: wards\n", `major changed rubric id "ward" → "wards" at ward.yaml:2 (it is another rubric)`},
		{"a fact that is read", "data: {type: yes-no, ask: \"Data?\"}", "data: {type: yes-no, ask: \"Data?\", evidence: {kinds: [study]}}", `major added fact data evidence "" → "{kinds: [study]}" at ward.yaml:9 [ward/mapped]`},
		{"a fact that nobody reads", "told: {type: yes-no", "told: {type: text", `minor changed fact told type "yes-no" → "text" at ward.yaml:10`},
		{"a fact's question", "Told?", "Said?", `minor changed fact told ask "Told?" → "Said?" at ward.yaml:10`},
		{"a fact more", "  told:", "  more: {type: text, ask: \"More?\"}\n  told:", `minor added fact more "" → "More?" at ward.yaml:10`},
		{"a word that moves to another file", "kinds: {study", "facts: {}\nkinds: {study", ``},
		{"the stages that nobody reads", "[idea, pilot]", "[idea, pilot, service]", `minor changed rubric stages "[idea, pilot]" → "[idea, pilot, service]" at words.yaml:3`},
		{"a kind", "note: A count.", "note: Two counts.", `minor changed kind audit note "A count." → "Two counts." at words.yaml:5`},
		{"a role", "title: Nurse", "title: A nurse", `patch changed role nurse title "Nurse" → "A nurse" at words.yaml:6`},
		{"what is used, and how", "{use: ./part.yaml, weight: 2}", "{use: ./part.yaml, weight: 2, only: [a]}", "major added criterion part only \"\" → \"[a]\" at ward.yaml:30 [part/b]"},
		{"what is used, by its own words", "id: b, title: B", "id: b, title: Bee", `patch changed criterion part/b title "B" → "Bee" at part.yaml:7`},
		{"what is used, in a weight", "yes way], weight: 2}", "yes way], weight: 4}", `major changed criterion part/b weight "2" → "4" at part.yaml:7 [part/b]`},
		{"what is used, its version", "version: 1.0.0\ntitle: Part", "version: 1.1.0\ntitle: Part", `none changed rubric part/ version "1.0.0" → "1.1.0" at part.yaml:3`},
	} {
		t.Run(c.name, func(t *testing.T) {
			changed := false
			after := wards(func(_, text string) string {
				edited := strings.Replace(text, c.old, c.new, 1)
				changed = changed || edited != text
				return edited
			})
			id := "ward"
			if strings.Contains(c.new, "id: wards\n") {
				id, after["wards.yaml"] = "wards", after["ward.yaml"]
				delete(after, "ward.yaml")
			}
			m, list := after.compile(id)
			if !changed || m == nil {
				t.Fatal(changed, list)
			}
			got := short(revision.Compare(before, m))
			if c.want == "patch" {
				if !strings.HasPrefix(got, "patch ") || strings.Contains(got, "\n") {
					t.Errorf("got %s, want one patch", got)
				}
				return
			}
			if got = strings.ReplaceAll(got, "wards.yaml", "ward.yaml"); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

// short writes changes, one a line.
func short(d *revision.Diff) string {
	var lines []string
	for _, c := range d.Changes {
		name := c.Name
		if c.Rubric != "" {
			name = c.Rubric + "/" + name
		}
		words := []string{c.Class.String(), string(c.Kind), c.What, name, c.Key, c.Item}
		if c.Kind != revision.Follows {
			words = append(words, fmt.Sprintf(`"%s" → "%s"`, c.Old, c.New))
		}
		words = append(words, "at", fmt.Sprintf("%s:%d", strings.TrimPrefix(c.Place.File, "built-in:"), c.Place.Line))
		if c.Why != "" {
			words = append(words, "("+c.Why+")")
		}
		if len(c.Touches) > 0 {
			words = append(words, fmt.Sprint(c.Touches))
		}
		lines = append(lines, strings.Join(strings.Fields(strings.Join(words, " ")), " "))
	}
	return strings.Join(lines, "\n")
}

func TestUnchanged(t *testing.T) {
	same := func(_, text string) string { return text }
	a, _ := wards(same).compile("ward")
	b, _ := wards(func(_, text string) string {
		return strings.Replace("# a comment\n"+text, "id: walked, title: Walked", "title: 'Walked', id: walked", 1)
	}).compile("ward")
	d := revision.Compare(a, b)
	if !d.SameContent() || len(d.Changes) > 0 || !d.Step().Fine {
		t.Errorf("comments, quotes and the order of keys: %s", short(d))
	}
}

// Under another id the criteria are found all the same, and only what was changed is told.
func TestRenamed(t *testing.T) {
	same := func(_, text string) string { return text }
	before, _ := wards(same).compile("ward")
	l := wards(func(_, text string) string {
		return strings.NewReplacer("id: ward\n", "id: wards\n", "weight: 3", "weight: 2").Replace(text)
	})
	l["wards.yaml"] = l["ward.yaml"]
	delete(l, "ward.yaml")
	after, list := l.compile("wards")
	if after == nil {
		t.Fatal(list)
	}
	d := revision.Compare(before, after)
	const want = "major changed rubric id \"ward\" → \"wards\" at wards.yaml:2 (it is another rubric)\nmajor changed criterion burden weight \"3\" → \"2\" at wards.yaml:16 [wards/burden]"
	if got := short(d); got != want || !d.Renamed() {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
